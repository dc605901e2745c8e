"""The command line of minsight."""
