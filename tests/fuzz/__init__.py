"""Mutated inputs for everything that reads bytes from outside: `python -m tests.fuzz`. Nothing but typed errors may come out."""
