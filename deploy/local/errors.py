"""What can go wrong with the local servers, each named for the fact."""


class LocalStackError(Exception):
    """The local servers cannot do what was asked; the message says how to go on."""


class ArtifactError(LocalStackError):
    """A file the servers run from is missing or is not the pinned one."""


class StartError(LocalStackError):
    """A process did not become usable; the message carries the end of its log."""


class NotControllableError(LocalStackError):
    """The server was named by a TEST_* setting and is not ours to stop."""
