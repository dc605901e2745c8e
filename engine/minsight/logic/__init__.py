"""Logic: programs, what they mean, and what holds of them for everybody."""
