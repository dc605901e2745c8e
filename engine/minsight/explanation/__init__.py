"""Explanation: how a conclusion follows from the answers, and why another does not."""
