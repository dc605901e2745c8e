"""Dialogue: what is asked and answered on a terminal."""
