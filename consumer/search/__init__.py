"""The index: a bulk indexer over a small backend protocol, and one backend per product."""
