"""Spark: frames and files of any size, assessed where they lie."""
