"""Unit tests replace parts of redaction, which its compiled form does not allow; tests/integration compares both forms."""

import os

os.environ["REDACTION_PURE"] = "1"
