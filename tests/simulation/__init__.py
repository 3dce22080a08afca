"""The consumer group on a virtual clock: the real worker and clients against in-process fakes at the wire, with seeded faults.

`python -m tests.simulation --seeds 1000`, or `--seed N --trace` to see one of them again, to the byte.
"""
