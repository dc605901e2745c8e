"""Rendering: what people see, as text in a terminal; the progress of long work."""
