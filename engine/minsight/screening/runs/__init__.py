"""Runs: files in, results out, or nothing at all; resumed, verified, traced."""
