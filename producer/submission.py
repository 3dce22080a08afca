"""A transcription job: the vendor's media limits and the payload of POST /api/v2/quality/transcriptions. Pure."""

import re
from typing import Any

import msgspec

from common import events

MAX_DURATION_SECONDS = 14_400
MAX_SIZE_BYTES = 2_147_483_648
CODECS = ("L16", "G711MU", "G711A", "OPUS", "MP3")
SUBMIT_PATH = "/api/v2/quality/transcriptions"
MAX_TEXT = 64
DEFAULT_LANGUAGE = "en-US"
_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_UNKNOWN = re.compile(r"unknown field `([^`]{1,64})")
COLUMNS = frozenset(
    {"media_id", "media", "language", "duration", "size", "codec", "profanity_filter", "diarization"}
) | {
    "language_model",
    "custom_vocabulary_ids",
}


class InvalidSubmissionError(ValueError):
    """A submission that Genesys would not take; `field` names what has to be mended."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class Media(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of the recording: duration in seconds, size in bytes. What is not given is not checked."""

    duration: float | None = None
    size: int | None = None
    codec: str | None = None


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The optional JSON body of POST /submit-transcription."""

    media: Media = Media()
    language: str | None = None
    profanity_filter: str | bool = "on"
    diarization: bool = True
    language_model: str = "default"
    custom_vocabulary_ids: list[str] = []


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """A job that keeps every limit."""

    media_id: str
    language: str
    profanity_filter: str
    diarization: bool
    language_model: str
    custom_vocabulary_ids: list[str]

    def payload(self) -> bytes:
        """Build the vendor's JSON."""
        return msgspec.json.encode(
            {
                "mediaId": self.media_id,
                "language": self.language,
                "profanityFilter": self.profanity_filter,
                "diarization": self.diarization,
                "languageModel": self.language_model,
                "customVocabularyIds": self.custom_vocabulary_ids,
            }
        )


_options = msgspec.json.Decoder(Options)


def from_request(media_id: str | None, language: str | None, body: bytes) -> Submission:
    """Read query and body of POST /submit-transcription. Raises InvalidSubmissionError."""
    try:
        options = _options.decode(body) if body.strip() else Options()
    except msgspec.ValidationError as error:
        raise InvalidSubmissionError(_place(error), "is unknown or of a wrong type") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InvalidSubmissionError("body", "is not JSON") from None
    return check(media_id, language, options)


def from_row(row: dict[str, Any]) -> Submission:
    """Read one job of a file: media_id, language, the options, and the media's facts flat or under `media`.

    CSV knows text only, so numbers and booleans may come as text, and ids separated by blanks. Raises InvalidSubmissionError.
    """
    if unknown := sorted(set(row) - COLUMNS):
        name = _printable(str(unknown[0]))
        raise InvalidSubmissionError(name, f"is not a column; known are {', '.join(sorted(COLUMNS))}")
    given = {name: value for name, value in row.items() if value not in (None, "")}
    flat = {name: given.pop(name) for name in ("duration", "size", "codec") if name in given}
    media_id, language, media = given.pop("media_id", None), given.pop("language", None), given.pop("media", {})
    if not isinstance(media, dict):
        raise InvalidSubmissionError("media", "must be an object")
    if isinstance(given.get("custom_vocabulary_ids"), str):
        given["custom_vocabulary_ids"] = given["custom_vocabulary_ids"].split()
    try:
        options = msgspec.convert({**given, "media": {**media, **flat}}, Options, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidSubmissionError(_place(error), "is unknown or of a wrong type") from None
    return check(None if media_id is None else str(media_id), None if language is None else str(language), options)


def check(media_id: str | None, language: str | None, options: Options) -> Submission:
    """Hold a job to the vendor's limits. Raises InvalidSubmissionError with the value and the limit."""
    if not media_id:
        raise InvalidSubmissionError("media_id", "is missing")
    if not events.valid_id(media_id):
        raise InvalidSubmissionError("media_id", "must be 1 to 64 letters, digits or hyphens")
    _check_media(options.media)
    profanity = options.profanity_filter
    if isinstance(profanity, bool):
        profanity = "on" if profanity else "off"
    job = Submission(
        media_id=media_id,
        language=language or options.language or DEFAULT_LANGUAGE,
        profanity_filter=profanity,
        diarization=options.diarization,
        language_model=options.language_model,
        custom_vocabulary_ids=options.custom_vocabulary_ids,
    )
    for field in ("language", "language_model"):
        if not _WORD.match(getattr(job, field)):
            raise InvalidSubmissionError(field, f"must be 1 to {MAX_TEXT} letters, digits, hyphens or underscores")
    if job.profanity_filter not in ("on", "off"):
        raise InvalidSubmissionError("profanity_filter", "must be on or off")
    if not all(events.valid_id(one) for one in job.custom_vocabulary_ids):
        raise InvalidSubmissionError(
            "custom_vocabulary_ids", "must be a list of ids of 1 to 64 letters, digits or hyphens"
        )
    return job


def _check_media(media: Media) -> None:
    """Hold what is known of the recording to the vendor's limits; NaN is over every limit."""
    if media.duration is not None and not 0 <= media.duration <= MAX_DURATION_SECONDS:
        given = int(media.duration) if media.duration.is_integer() else media.duration
        raise InvalidSubmissionError("media.duration", f"{given} s, the limit is {MAX_DURATION_SECONDS} s (4 hours)")
    if media.size is not None and not 0 <= media.size <= MAX_SIZE_BYTES:
        raise InvalidSubmissionError("media.size", f"{media.size} bytes, the limit is {MAX_SIZE_BYTES} bytes (2 GiB)")
    if media.codec is not None and media.codec.upper() not in CODECS:
        raise InvalidSubmissionError("media.codec", f"{_printable(media.codec)} is not one of {', '.join(CODECS)}")


def _place(error: msgspec.ValidationError) -> str:
    text = str(error)
    unknown = _UNKNOWN.search(text)
    start = text.find("`$")
    path = text[start + 2 :].strip("`").removeprefix(".") if start >= 0 else ""
    if unknown is not None:
        return ".".join(part for part in (path, _printable(unknown.group(1))) if part)
    return path or "body"


def _printable(text: str) -> str:
    return "".join(
        character if character.isascii() and (character.isalnum() or character in "-._") else "?"
        for character in text[:32]
    )
