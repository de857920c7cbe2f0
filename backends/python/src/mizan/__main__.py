"""`python -m mizan export module:registry -o schema.json`."""

from .cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
