"""Tests, the simulator they need, and benchmarks."""
