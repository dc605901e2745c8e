"""Files: the doors to files, with the place of everything that was read."""
