"""Text: what free words say of a person, and what they leave over."""
