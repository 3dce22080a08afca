"""Labelled sets of other people, read from tests/data, one file each."""
