"""Which version of a transcript was concluded last, as far as this member remembers: an older event must not have the last word."""

from collections import OrderedDict

REMEMBERED = 20_000


class Concluded:
    """A bounded memory, newest first to stay; what it forgets, the versions in the index still decide for documents."""

    def __init__(self, limit: int = REMEMBERED) -> None:
        self._limit = limit
        self._versions: OrderedDict[str, int] = OrderedDict()

    def note(self, key: str, version: int) -> None:
        """Note that an event of this version came to an outcome."""
        versions = self._versions
        if version >= versions.get(key, version):
            versions[key] = version
        versions.move_to_end(key)
        if len(versions) > self._limit:
            versions.popitem(last=False)

    def is_newer(self, key: str, version: int) -> bool:
        """Tell whether a newer event than this came to an outcome already."""
        return self._versions.get(key, version) > version
