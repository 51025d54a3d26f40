"""`python -m generator` is `accord`."""

from generator.cli import main

if __name__ == "__main__":
    main()
