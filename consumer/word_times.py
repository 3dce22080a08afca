"""The times of single words, decoded only for an utterance in which something is hidden whose audio is to be cut."""

import msgspec

from consumer.redaction import Word


class _Duration(msgspec.Struct):
    milliseconds: float = 0.0


class _Word(msgspec.Struct, rename="camel"):
    word: str
    start_time_ms: float
    duration: _Duration | float = 0.0


_decoder = msgspec.json.Decoder(list[_Word])


def read(words: msgspec.Raw) -> list[Word]:
    """Read words[] of a phrase of Genesys' transcript file; anything of another shape has no times, and so no words."""
    try:
        return [_timed(one) for one in _decoder.decode(words)]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []


def _timed(word: _Word) -> Word:
    length = word.duration.milliseconds if isinstance(word.duration, _Duration) else word.duration
    start = word.start_time_ms / 1000.0
    return Word(word.word, start, start + max(length, 0.0) / 1000.0)
