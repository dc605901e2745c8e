"""Serving: the service over HTTP, for charts and for assistants."""
