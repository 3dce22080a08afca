"""Tests of the redaction package: tables of everything that is said, and what holds for any text."""
