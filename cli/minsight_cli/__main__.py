"""`python -m minsight_cli`."""

from minsight_cli.app import console

if __name__ == "__main__":
    console()
