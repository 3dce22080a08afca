"""Benchmarks: never part of the tests, always beside references in the same run."""
