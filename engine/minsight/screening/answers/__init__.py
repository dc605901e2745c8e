"""Answers: raw rows to answers, and what could not be understood."""
