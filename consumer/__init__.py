"""The consumer group: fetch transcripts, redact them, index them, audit them, and only then commit."""
