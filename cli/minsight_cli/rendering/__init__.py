"""What people see: text in a terminal, progress of long work."""
