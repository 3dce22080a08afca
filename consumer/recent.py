"""Which version of a transcript was found last, as far as this member remembers: an older event need not be fetched."""

from collections import OrderedDict

REMEMBERED = 20_000


class Found:
    """A bounded memory that saves fetches, newest first to stay; the versions in the index decide, with it and without it."""

    def __init__(self, limit: int = REMEMBERED) -> None:
        self._limit = limit
        self._versions: OrderedDict[str, int] = OrderedDict()

    def note(self, key: str, version: int) -> None:
        """Note that an event of this version was indexed, or expanded."""
        versions = self._versions
        if version >= versions.get(key, version):
            versions[key] = version
        versions.move_to_end(key)
        if len(versions) > self._limit:
            versions.popitem(last=False)

    def is_newer(self, key: str, version: int) -> bool:
        """Tell whether a newer event than this was indexed or expanded."""
        return self._versions.get(key, version) > version
