"""The commands of `python -m consumer`, one module each."""
