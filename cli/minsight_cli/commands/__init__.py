"""Commands: a module for each, of which `app` imports the one that runs."""
