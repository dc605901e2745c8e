"""Sources: files of every kind as raw rows, none of them lost."""
