"""Property tests try the same examples in every run: a failure is a change of the code. `make fuzz` and `make simulate` explore."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")
