"""A transcription job: the vendor's media limits and the payload of POST /api/v2/quality/transcriptions. Pure."""

from typing import Any

import msgspec

from common import events

MAX_DURATION_SECONDS = 14_400
MAX_SIZE_BYTES = 2_147_483_648
CODECS = ("L16", "G711MU", "G711A", "OPUS", "MP3")
SUBMIT_PATH = "/api/v2/quality/transcriptions"
MAX_TEXT = 64


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
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InvalidSubmissionError("body", "is not JSON") from None
    return check(media_id, language, options)


def from_row(row: dict[str, Any]) -> Submission:
    """Read one job of a file: media_id, language, duration, size, codec and the options. Raises InvalidSubmissionError."""
    known = {
        "media_id",
        "language",
        "duration",
        "size",
        "codec",
        "profanity_filter",
        "diarization",
        "language_model",
        "custom_vocabulary_ids",
    }
    if unknown := sorted(set(row) - known):
        raise InvalidSubmissionError(
            str(unknown[0])[:MAX_TEXT], f"is not a column; known are {', '.join(sorted(known))}"
        )
    given = {name: value for name, value in row.items() if value not in (None, "")}
    media = {name: given.pop(name) for name in ("duration", "size", "codec") if name in given}
    media_id, language = given.pop("media_id", None), given.pop("language", None)
    if isinstance(given.get("custom_vocabulary_ids"), str):
        given["custom_vocabulary_ids"] = given["custom_vocabulary_ids"].split()
    try:
        # CSV knows text only, so numbers and booleans may come as text.
        options = msgspec.convert({**given, "media": media}, Options, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidSubmissionError(_place(error), "is of a wrong type") from None
    return check(
        str(media_id) if media_id is not None else None, str(language) if language is not None else None, options
    )


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
    for field, value in (
        ("language", language or options.language or "en-US"),
        ("language_model", options.language_model),
    ):
        if not 0 < len(value) <= MAX_TEXT or not value.replace("-", "").replace("_", "").isalnum():
            raise InvalidSubmissionError(field, f"must be 1 to {MAX_TEXT} letters, digits, hyphens or underscores")
    if profanity not in ("on", "off"):
        raise InvalidSubmissionError("profanity_filter", "must be on or off")
    if not all(events.valid_id(one) for one in options.custom_vocabulary_ids):
        raise InvalidSubmissionError(
            "custom_vocabulary_ids", "must be a list of ids of 1 to 64 letters, digits or hyphens"
        )
    return Submission(
        media_id=media_id,
        language=language or options.language or "en-US",
        profanity_filter=profanity,
        diarization=options.diarization,
        language_model=options.language_model,
        custom_vocabulary_ids=options.custom_vocabulary_ids,
    )


def _check_media(media: Media) -> None:
    if media.duration is not None and not 0 <= media.duration <= MAX_DURATION_SECONDS:
        raise InvalidSubmissionError(
            "media.duration", f"{media.duration:g} s, the limit is {MAX_DURATION_SECONDS} s (4 hours)"
        )
    if media.size is not None and not 0 <= media.size <= MAX_SIZE_BYTES:
        raise InvalidSubmissionError("media.size", f"{media.size} bytes, the limit is {MAX_SIZE_BYTES} bytes (2 GiB)")
    if media.codec is not None and media.codec.upper() not in CODECS:
        raise InvalidSubmissionError("media.codec", f"{_printable(media.codec)} is not one of {', '.join(CODECS)}")


def _place(error: msgspec.ValidationError) -> str:
    text = str(error)
    start = text.find("`$")
    if start >= 0:
        return text[start + 1 :].strip("`").removeprefix("$.").removeprefix("$") or "body"
    return "body"


def _printable(text: str) -> str:
    return "".join(character if character.isalnum() or character in "-._" else "?" for character in text[:32])
