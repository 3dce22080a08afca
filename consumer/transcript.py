"""Read a transcript file of either contract; the structs below name the only fields that ever leave it.

Words, alternatives, analytics and participants repeat the text and are skipped by the decoder itself.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from consumer.redaction import RawText
from consumer.redaction.moments import seconds

UNKNOWN_SPEAKER = RawText("unknown")
COMPLETED = "completed"
NO_WORDS = msgspec.Raw(b"[]")
MAX_EPOCH_DIGITS = 16
# Letters, and at most one region of three digits (es-419): a longer number is no language.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,8}){0,2}(?:[-_](?:[A-Za-z]{2,8}|[0-9]{3}))?\Z")
# An escaped backslash and a whole surrogate pair, so that neither is taken apart; else half a pair (RFC 8259, section 8.2).
_ESCAPE = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_MEDIA_TYPES = frozenset({"call", "callback", "chat", "email", "message"})
_AFTER_EVERYTHING = float("inf")

Moment = datetime | int | float | str | None
_File = TypeVar("_File")
_Confidence = float | str | bool | None  # only a number counts; anything else must not cost the call


class UnreadableTranscriptError(ValueError):
    """The file is not of the contract; carries the place in it, never a value."""


class Utterance(msgspec.Struct, gc=False, frozen=True):
    """One turn as it was said. Times are seconds since the epoch."""

    speaker: RawText
    text: RawText
    start_epoch: float | None
    end_epoch: float | None
    confidence: float | None
    language: str | None = None
    words: msgspec.Raw = NO_WORDS  # undecoded; only consumer.word_times looks into it

    def __repr__(self) -> str:
        return f"Utterance({len(self.text)} characters)"


class Transcript(msgspec.Struct, frozen=True, kw_only=True):
    """A whole call as it was said, its utterances in the order of time."""

    utterances: list[Utterance]
    media_type: str | None = None
    size_bytes: int = 0

    def __repr__(self) -> str:
        return f"Transcript({len(self.utterances)} utterances)"


class JobStatus(msgspec.Struct, frozen=True):
    """What the quality contract says of a job that has no transcript (yet)."""

    status: str


class _QualityUtterance(msgspec.Struct, gc=False):
    text: RawText
    start: str
    end: str
    speaker: RawText = UNKNOWN_SPEAKER
    confidence: float | None = None


class _QualityFile(msgspec.Struct):
    """The usual case: every utterance has a text and two times in UTC."""

    status: str
    utterances: list[_QualityUtterance] = []
    language: str | None = None


class _OddQualityUtterance(msgspec.Struct, gc=False):
    text: RawText | None = None
    speaker: RawText | None = None
    start: str | int | float | None = None
    end: str | int | float | None = None
    confidence: _Confidence = None


class _OddQualityFile(msgspec.Struct):
    """The same with anything missing, or times of another form: slower, so it is the second try."""

    status: str | None = None
    utterances: list[_OddQualityUtterance | None] | None = None
    language: str | None = None


class _Duration(msgspec.Struct, gc=False):
    milliseconds: float | None = None


class _Phrase(msgspec.Struct, gc=False, rename="camel"):
    text: RawText | None = None
    decorated_text: RawText | None = None
    participant_purpose: RawText | None = None
    confidence: _Confidence = None
    start_time_ms: str | int | float | None = None
    duration: _Duration | float | None = None
    words: msgspec.Raw = NO_WORDS


class _SpeechTranscript(msgspec.Struct, rename="camel"):
    phrases: list[_Phrase | None] | None = None
    language: str | None = None


class _SpeechFile(msgspec.Struct, rename="camel"):
    transcripts: list[_SpeechTranscript | None] | None = None
    media_type: str | None = None


_quality = msgspec.json.Decoder(_QualityFile)
_odd_quality = msgspec.json.Decoder(_OddQualityFile)
_speech = msgspec.json.Decoder(_SpeechFile)


def read_quality(body: bytes) -> Transcript | JobStatus:
    """Read the answer of GET /api/v2/quality/transcriptions/{id}: a transcript only when its status is completed.

    Raises UnreadableTranscriptError.
    """
    try:
        file = _quality.decode(body)
        if file.status.lower() != COMPLETED:
            return _status(file.status)
        language = _language(file.language)
        utterances = [
            Utterance(
                one.speaker or UNKNOWN_SPEAKER, one.text, seconds(one.start), seconds(one.end), one.confidence, language
            )
            for one in file.utterances
            if one.text
        ]
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _read_odd_quality(body)
    return Transcript(utterances=in_time_order(utterances), size_bytes=len(body))


def _read_odd_quality(body: bytes) -> Transcript | JobStatus:
    file = _decode(_odd_quality, body)
    status = (file.status or "").lower()
    if status != COMPLETED:
        return _status(status)
    language = _language(file.language)
    utterances = [
        Utterance(
            one.speaker or UNKNOWN_SPEAKER,
            one.text,
            epoch_seconds(one.start),
            epoch_seconds(one.end),
            _number(one.confidence),
            language,
        )
        for one in file.utterances or ()
        if one is not None and one.text
    ]
    return Transcript(utterances=in_time_order(utterances), size_bytes=len(body))


def _status(status: str) -> JobStatus:
    status = status.lower()
    return JobStatus(status if status in ("queued", "processing", "failed") else "unknown")


def read_speech(bodies: list[bytes]) -> Transcript:
    """Read the files of one communication (Genesys' transcript JSON), each with any number of transcripts.

    The punctuated form of a phrase is kept where there is one, the other form is dropped. startTimeMs is absolute.
    Raises UnreadableTranscriptError.
    """
    utterances: list[Utterance] = []
    media_type = None
    for body in bodies:
        file = _decode(_speech, body)
        media_type = media_type or file.media_type
        for transcript in filter(None, file.transcripts or ()):
            language = _language(transcript.language)
            utterances += [
                _from_phrase(one, language)
                for one in transcript.phrases or ()
                if one is not None and (one.decorated_text or one.text)
            ]
    return Transcript(
        utterances=in_time_order(utterances),
        media_type=media_type if media_type in _MEDIA_TYPES else None,
        size_bytes=sum(map(len, bodies)),
    )


def epoch_seconds(moment: Moment) -> float | None:
    """Turn ISO 8601 (any offset, Z, or none, which means UTC) or epoch milliseconds into epoch seconds; None if it is neither."""
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
    if not isinstance(moment, str):
        return moment / 1000.0 if abs(moment) < 10**MAX_EPOCH_DIGITS else None
    if moment.isdecimal():
        return int(moment) / 1000.0 if len(moment) <= MAX_EPOCH_DIGITS else None
    for read in (_rfc_3339, datetime.fromisoformat):
        try:
            return epoch_seconds(read(moment))
        except ValueError:
            continue
    return None


def _rfc_3339(text: str) -> datetime:
    return msgspec.convert(text, datetime)


def in_time_order(utterances: list[Utterance]) -> list[Utterance]:
    """Sort by start; an utterance without one stays behind the one it followed in the file."""
    starts: list[float] = []
    latest = -_AFTER_EVERYTHING
    ordered = True
    for one in utterances:
        start = latest if one.start_epoch is None else one.start_epoch
        ordered = ordered and start >= latest
        latest = start
        starts.append(start)
    if ordered:
        return utterances
    return [utterances[index] for index in sorted(range(len(utterances)), key=starts.__getitem__)]


def mean_confidence(utterances: Iterable[Utterance]) -> float | None:
    """Average over the utterances that have a confidence, to four digits; None where none has."""
    known = [one.confidence for one in utterances if one.confidence is not None]
    return round(sum(known) / len(known), 4) if known else None


def _from_phrase(phrase: _Phrase, language: str | None) -> Utterance:
    start = epoch_seconds(phrase.start_time_ms)
    length = phrase.duration.milliseconds if isinstance(phrase.duration, _Duration) else phrase.duration
    end = start + length / 1000.0 if start is not None and length is not None else None
    return Utterance(
        phrase.participant_purpose or UNKNOWN_SPEAKER,
        phrase.decorated_text or phrase.text or RawText(""),
        start,
        end,
        _number(phrase.confidence),
        language,
        phrase.words,
    )


def _number(value: _Confidence) -> float | None:
    return None if isinstance(value, str | bool) else value


def _language(value: str | None) -> str | None:
    return value if value is not None and _LANGUAGE.match(value) else None


def _decode(decoder: msgspec.json.Decoder[_File], body: bytes) -> _File:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise UnreadableTranscriptError(_place(error)) from None
    except RecursionError:
        raise UnreadableTranscriptError("the file nests too deeply") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    try:
        # A single broken byte, half an emoji or a byte order mark must not cost the whole call.
        return decoder.decode(_ESCAPE.sub(_whole, body.decode("utf-8-sig", "replace")))
    except msgspec.ValidationError as error:
        raise UnreadableTranscriptError(_place(error)) from None
    except (msgspec.DecodeError, RecursionError):
        raise UnreadableTranscriptError("the file is not JSON") from None


def _whole(escape: re.Match[str]) -> str:
    """Put the replacement character in the place of half a surrogate pair; leave every other escape as it is."""
    return "\\ufffd" if escape.group(1) else escape.group(0)


def _place(error: msgspec.ValidationError) -> str:
    # msgspec's message may quote a value; its path names fields of the structs above only.
    found = re.search(r"at `(\$[A-Za-z.\[\]]*)`", str(error))
    return f"unexpected type at {found.group(1) if found else '$'}"
