"""Chaos: the real system under a seeded schedule of faults, judged from outside by what stands in topics, index and logs."""
