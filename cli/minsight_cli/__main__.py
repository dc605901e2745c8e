"""`python -m minsight_cli`."""

from minsight_cli.start import console

if __name__ == "__main__":
    console()
