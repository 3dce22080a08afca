"""The edge: turns signed Genesys deliveries into records, and submissions into Genesys jobs."""
