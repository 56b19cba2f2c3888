"""`python -m outage_cli` is the command `outage`."""

from outage_cli.cli.main import main

if __name__ == "__main__":
    main()
