"""Ways to run a program: each gives the answers of `minsight.logic.reference`."""
