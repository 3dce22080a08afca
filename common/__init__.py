"""What the edge and the consumer must agree on, and nothing else."""
