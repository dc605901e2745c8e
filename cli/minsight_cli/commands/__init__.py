"""One module a command; `app` imports the one that runs."""
