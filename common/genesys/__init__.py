"""Genesys Cloud: tokens, rate budgets, the API client and the two contracts."""
