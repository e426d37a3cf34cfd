"""`python -m gluedsl`."""

from gluedsl.cli.app import main

if __name__ == "__main__":
    main()
