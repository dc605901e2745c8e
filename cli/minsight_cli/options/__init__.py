"""Options: what several commands share, and the person they describe."""
