"""Submissions: the vendor's media limits to the byte and second, every default, and Genesys' answers in our own words."""

import json
from typing import Any

import orjson
import pytest

from common.genesys.client import Answer, Result, TooLarge, Unauthorized, Unreachable
from producer.jobs import Later, Outcome, Queued, Rejected, outcome_of
from producer.submission import InvalidSubmissionError, from_request, from_row


def body(**media: Any) -> bytes:
    return json.dumps({"media": media}).encode()  # orjson writes no integer beyond 64 bits


@pytest.mark.parametrize(
    "media",
    [
        {"duration": 14_400},
        {"duration": 14_400.0},
        {"duration": 0},
        {"size": 2_147_483_648},
        {"size": 0},
        *({"codec": codec} for codec in ("L16", "G711MU", "G711A", "OPUS", "MP3", "mp3", "g711mu", "Opus")),
        {"duration": 14_400, "size": 2_147_483_648, "codec": "l16"},
        {},
    ],
)
def test_media_within_the_limits_are_taken(media: dict[str, Any]) -> None:
    assert from_request("media-1", None, body(**media)).media_id == "media-1"
    assert from_row({"media_id": "media-1", "media": media}).media_id == "media-1"
    assert (
        from_row({"media_id": "media-1", **{name: str(value) for name, value in media.items()}}).media_id == "media-1"
    )


@pytest.mark.parametrize(
    ("media", "problem"),
    [
        ({"duration": 14_401}, "media.duration: 14401 s, the limit is 14400 s (4 hours)"),
        ({"duration": 14_400.5}, "media.duration: 14400.5 s, the limit is 14400 s (4 hours)"),
        ({"duration": -1}, "media.duration: -1 s, the limit is 14400 s (4 hours)"),
        ({"size": 2_147_483_649}, "media.size: 2147483649 bytes, the limit is 2147483648 bytes (2 GiB)"),
        ({"size": 10**30}, f"media.size: {10**30} bytes, the limit is 2147483648 bytes (2 GiB)"),
        ({"size": -1}, "media.size: -1 bytes, the limit is 2147483648 bytes (2 GiB)"),
        ({"codec": "wav"}, "media.codec: wav is not one of L16, G711MU, G711A, OPUS, MP3"),
        ({"codec": "mp3 "}, "media.codec: mp3? is not one of L16, G711MU, G711A, OPUS, MP3"),
    ],
)
def test_media_beyond_a_limit_are_refused_with_value_and_limit(media: dict[str, Any], problem: str) -> None:
    rows = ({"media": media}, {name: str(value) for name, value in media.items()})
    with pytest.raises(InvalidSubmissionError) as refusal:
        from_request("media-1", None, body(**media))
    assert str(refusal.value) == problem
    for row in rows:
        with pytest.raises(InvalidSubmissionError) as refusal:
            from_row({"media_id": "media-1", **row})
        assert str(refusal.value) == problem


@pytest.mark.parametrize("duration", ["nan", "inf", "-inf"])
def test_a_duration_that_is_no_number_is_over_the_limit(duration: str) -> None:
    with pytest.raises(InvalidSubmissionError, match=r"media\.duration"):
        from_row({"media_id": "media-1", "duration": duration})


def test_every_option_has_the_vendors_default() -> None:
    assert orjson.loads(from_request("media-1", None, b"").payload()) == {
        "mediaId": "media-1",
        "language": "en-US",
        "profanityFilter": "on",
        "diarization": True,
        "languageModel": "default",
        "customVocabularyIds": [],
    }


def test_every_option_reaches_genesys() -> None:
    options = {
        "profanity_filter": False,
        "diarization": False,
        "language_model": "banking_2",
        "custom_vocabulary_ids": ["v-1", "v-2"],
    }
    wanted = {
        "mediaId": "media-1",
        "language": "de-DE",
        "profanityFilter": "off",
        "diarization": False,
        "languageModel": "banking_2",
        "customVocabularyIds": ["v-1", "v-2"],
    }
    assert orjson.loads(from_request("media-1", "de-DE", orjson.dumps(options)).payload()) == wanted
    row = {
        "media_id": "media-1",
        "language": "de-DE",
        "profanity_filter": "off",
        "diarization": "false",
        "language_model": "banking_2",
        "custom_vocabulary_ids": "v-1 v-2",
    }
    assert orjson.loads(from_row(row).payload()) == wanted


@pytest.mark.parametrize(
    ("media_id", "language", "given", "field"),
    [
        (None, None, b"", "media_id"),
        ("../x", None, b"", "media_id"),
        ("m" * 65, None, b"", "media_id"),
        ("m", "en US", b"", "language"),
        ("m", None, b'{"language_model": "a b"}', "language_model"),
        ("m", None, b'{"profanity_filter": "maybe"}', "profanity_filter"),
        ("m", None, b'{"custom_vocabulary_ids": ["a b"]}', "custom_vocabulary_ids"),
        ("m", None, b'{"custom_vocabulary_ids": "a"}', "custom_vocabulary_ids"),
        ("m", None, b'{"diarisation": true}', "diarisation"),
        ("m", None, b'{"media": {"length": 5}}', "media.length"),
        ("m", None, b'{"media": {"duration": "5"}}', "media.duration"),
        ("m", None, b"[]", "body"),
        ("m", None, b"{", "body"),
        ("m", None, b"[" * 100_000, "body"),
    ],
)
def test_what_cannot_be_submitted_is_refused_by_field(
    media_id: str | None, language: str | None, given: bytes, field: str
) -> None:
    with pytest.raises(InvalidSubmissionError) as refusal:
        from_request(media_id, language, given)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        (Answer(202, b'{"id":"job-1"}'), Queued("job-1")),
        (Answer(200, b'{"id":"a b"}'), Rejected(502, "Genesys answered with an unusable job id")),
        (Answer(200, b"call 415-555-0132"), Rejected(502, "Genesys answered without a job id")),
        (
            Answer(400, b'{"code":"invalid.media","message":"call 415-555-0132"}'),
            Rejected(400, "Genesys refuses the job: invalid.media"),
        ),
        (Answer(400, b'{"code":"call 415-555-0132"}'), Rejected(400, "Genesys refuses the job: unknown error")),
        (Answer(404, b"{}"), Rejected(502, "Genesys answered 404: unknown error")),
        (Answer(403, b"{}"), Rejected(502, "Genesys answered 403: unknown error", systemic=True)),
        (Answer(429, b"", 7.0), Later(429, "the rate limit of Genesys is reached", 7.0)),
        (Answer(503, b"<html>415-555-0132"), Later(502, "Genesys answered 503; try again")),
        (Unreachable("timeout"), Later(502, "Genesys did not answer (timeout); try again")),
        (TooLarge(5), Rejected(502, "Genesys answered with more than a job")),
    ],
)
def test_genesys_answers_in_our_own_words(result: Result, outcome: Outcome) -> None:
    assert outcome_of(result) == outcome


def test_refused_credentials_concern_every_job() -> None:
    outcome = outcome_of(Unauthorized("x"))
    assert isinstance(outcome, Rejected)
    assert (outcome.status, outcome.systemic) == (502, True)
