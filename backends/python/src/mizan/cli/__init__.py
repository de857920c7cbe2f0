"""`python -m mizan`."""
