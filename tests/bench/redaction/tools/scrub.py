"""scrubadub with the detectors it switches on by itself, but for web addresses and Twitter handles."""

from collections.abc import Sequence
from typing import Any

from tests.bench.redaction.items import Found, Turn

KIND = {
    "credit_card": "CREDIT_CARD",
    "social_security_number": "SSN",
    "phone": "PHONE",
    "email": "EMAIL",
    "credential": "PASSWORD",
}
NOT_ASKED_FOR = ("twitter", "url")


class Scrubadub:
    """Every turn by itself."""

    name = "scrubadub"

    def __init__(self) -> None:
        import scrubadub  # noqa: PLC0415  # installed for this alone

        self._scrubber: Any = scrubadub.Scrubber(locale="en_US")
        for detector in NOT_ASKED_FOR:
            self._scrubber.remove_detector(detector)

    def find(self, turns: Sequence[Turn]) -> list[list[Found]]:
        """Scrub turn after turn; where detectors agree on a place, the first one names it."""
        return [[_plain(filth) for filth in self._scrubber.iter_filth(turn.text)] for turn in turns]


def _plain(filth: Any) -> Found:
    first = getattr(filth, "filths", [filth])[0]
    return Found(filth.beg, filth.end, KIND[first.type])
