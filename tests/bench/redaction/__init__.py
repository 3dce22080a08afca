"""Measures redaction: labelled sets, seeded generators, tools side by side, speed. Run by `make bench-redaction`."""
