"""Backends: other ways to run a program, each with the answers of the reference."""
