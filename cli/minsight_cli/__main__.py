"""`python -m minsight_cli`."""

from minsight_cli.app import main

if __name__ == "__main__":
    main()
