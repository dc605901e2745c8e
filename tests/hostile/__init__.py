"""Hostile inputs: nothing that anyone hands in may bring the program down."""
