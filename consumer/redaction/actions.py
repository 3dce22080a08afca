"""Turn spans into text: masks, last digits, keyed tokens, dropped utterances."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Final, cast

from consumer.redaction import numbers
from consumer.redaction.cues import CueBook
from consumer.redaction.fold import fold
from consumer.redaction.line import Line
from consumer.redaction.policy import Action, Policy, PolicyError
from consumer.redaction.span import Kind, Span
from consumer.redaction.text import RawText, RedactedText

DROPPED: Final = cast(RedactedText, "[REDACTED_UTTERANCE]")
KEY_MIN_BYTES: Final = 32
_LAST: Final = 4
_LAST4_FROM: Final = 9  # digits; the last four of a part of a number could be all of it
_TOKEN_BYTES: Final = 8
# Sixteen consonants: a token has no digit in it and spells no number word.
_LETTERS: Final = "bcdfghjklmnpqrst"
_DROP: Final = Action.DROP_UTTERANCE
_REPORT: Final = Action.REPORT_ONLY
_TOKEN: Final = Action.HMAC_TOKEN
_KEEP: Final = Action.KEEP_LAST4
_TAGS: Final = {kind: kind.tag for kind in Kind}
_NO_CUES: Final = CueBook(shipped=False)


class Writer:
    """Writes redacted texts as a policy asks for."""

    def __init__(self, policy: Policy, keys: Mapping[str, bytes]) -> None:
        """`keys` are the keys of hmac_token by id. Raises PolicyError if the one that the policy names is missing or short."""
        self._policy = policy
        self._actions = {kind: policy.action(kind) for kind in Kind}
        self._key = b""
        if Action.HMAC_TOKEN in policy.actions.values():
            self._key = keys.get(policy.token_key or "", b"")
            if len(self._key) < KEY_MIN_BYTES:
                raise PolicyError(
                    f"token_key: REDACTION_TOKEN_KEYS has no key {policy.token_key!r} of at least {KEY_MIN_BYTES} bytes:"
                    f' set it, such as {{"{policy.token_key}": "<base64 of {KEY_MIN_BYTES} random bytes>"}}'
                )

    def write(self, text: RawText, spans: Sequence[Span]) -> RedactedText:
        """Write an utterance without what the spans hold."""
        if not spans:
            return cast(RedactedText, text)
        parts: list[str] = []
        end = 0
        for span in spans:
            action = self._actions[span.kind]
            if action is _DROP:
                return DROPPED
            parts += (text[end : span.start], self._instead(action, span, text[span.start : span.end]))
            end = span.end
        return cast(RedactedText, "".join((*parts, text[end:])))

    def _instead(self, action: Action, span: Span, hidden: str) -> str:
        if action is _REPORT:
            return hidden
        if action is _TOKEN:
            return f"[REDACTED_{span.kind.value} {self._policy.token_key}:{self._token(span, hidden)}]"
        if action is _KEEP and len(digits := digits_of(hidden)) >= _LAST4_FROM:
            return f"[REDACTED_{span.kind.value} ending {digits[-_LAST:]}]"
        return _TAGS[span.kind]

    def _token(self, span: Span, hidden: str) -> str:
        """Name a value by a keyed hash: the same for the same digits, spoken or written (64 bits)."""
        value = digits_of(hidden) or " ".join(fold(hidden).split())
        mac = hmac.digest(self._key, f"{span.kind.value}:{value}".encode(), hashlib.sha256)[:_TOKEN_BYTES]
        return "".join(_LETTERS[byte >> 4] + _LETTERS[byte & 15] for byte in mac)


def digits_of(text: str) -> str:
    """Read the digits of a hidden number, spoken or written."""
    line = Line(text, fold(text), _NO_CUES)
    return numbers.read(line.words, line.classes, 0, len(line.words) - 1).digits if line.words else ""
