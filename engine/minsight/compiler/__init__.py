"""Compiler: rule files to knowledge.

This face stays empty: reading the cache must not import the document models.
"""
