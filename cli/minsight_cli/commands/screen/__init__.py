"""Screen: files of many people, on this machine or on Spark."""
