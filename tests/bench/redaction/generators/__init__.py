"""Makes conversations with known secrets in them, the same for the same seed, in many ways of speaking."""
