"""Both file formats become one transcript, and nothing but the allowed fields comes out of a file."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumer.transcript import (
    JobStatus,
    Transcript,
    UnreadableTranscriptError,
    epoch_seconds,
    mean_confidence,
    read_quality,
    read_speech,
)
from tests.simulator.formats import quality_file, speech_file
from tests.simulator.generator import generate


def quality(*utterances: dict[str, Any], **more: Any) -> bytes:
    return orjson.dumps({"status": "completed", "utterances": utterances, **more})


def transcript(body: bytes) -> Transcript:
    read = read_quality(body)
    assert isinstance(read, Transcript)
    return read


def test_the_generated_call_survives_both_formats() -> None:
    call = generate(1, 1)
    one = transcript(orjson.dumps(quality_file(call)))
    other = read_speech([orjson.dumps(speech_file(call, communication_id="m"))])
    starts = [turn.start_ms / 1000 for turn in call.turns]
    assert [utterance.start_epoch for utterance in one.utterances] == starts
    assert [utterance.start_epoch for utterance in other.utterances] == starts
    assert [utterance.text for utterance in one.utterances] == [turn.text for turn in call.turns]
    assert [utterance.text for utterance in other.utterances] == [turn.decorated or turn.text for turn in call.turns]
    assert other.media_type == "call"


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("2024-05-01T10:00:00Z", 1714557600.0),
        ("2024-05-01T12:00:00+02:00", 1714557600.0),
        ("2024-05-01T03:00:00.500-07:00", 1714557600.5),
        ("2024-05-01T10:00:00", 1714557600.0),
        ("2024-05-01 10:00:00", 1714557600.0),
        ("20240501T100000Z", 1714557600.0),
        (1714557600000, 1714557600.0),
        ("1714557600000", 1714557600.0),
        (1714557600000.0, 1714557600.0),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_times_of_every_form_become_epoch_seconds(written: Any, seconds: float | None) -> None:
    assert epoch_seconds(written) == seconds
    (utterance,) = transcript(quality({"text": "x", "start": written})).utterances
    assert utterance.start_epoch == seconds


def test_missing_fields_have_their_meaning() -> None:
    (utterance,) = transcript(quality({"text": "hello"}, {"speaker": "agent"}, {"text": ""})).utterances
    assert (utterance.speaker, utterance.confidence, utterance.start_epoch) == ("unknown", None, None)


def test_the_mean_confidence_leaves_out_who_has_none() -> None:
    known = transcript(quality({"text": "a", "confidence": 0.5}, {"text": "b"}, {"text": "c", "confidence": 1}))
    none = transcript(quality({"text": "a"}))
    assert mean_confidence(known.utterances) == 0.75
    assert mean_confidence(none.utterances) is None


def test_an_utterance_without_a_time_stays_behind_the_one_it_followed() -> None:
    read = transcript(quality({"text": "b", "start": 2000}, {"text": "c"}, {"text": "a", "start": 1000}))
    assert [one.text for one in read.utterances] == ["a", "b", "c"]


def test_several_files_become_one_list_in_time_order() -> None:
    def file(start: int, text: str) -> bytes:
        return orjson.dumps({"transcripts": [{"language": "de-DE", "phrases": [{"text": text, "startTimeMs": start}]}]})

    read = read_speech([file(2000, "later"), file(1000, "earlier")])
    assert [(one.text, one.language) for one in read.utterances] == [("earlier", "de-DE"), ("later", "de-DE")]


@pytest.mark.parametrize("status", ["queued", "processing", "failed"])
def test_a_job_that_is_not_completed_has_no_transcript(status: str) -> None:
    assert read_quality(orjson.dumps({"status": status, "utterances": [{"text": "half"}]})) == JobStatus(status)


def test_an_unheard_of_status_is_not_passed_on() -> None:
    assert read_quality(b'{"status":"4111 1111 1111 1111"}') == JobStatus("unknown")


def test_text_beside_the_allowed_fields_never_leaves_the_parser() -> None:
    secret = "4111111111111111"
    phrase = {
        "text": "hello",
        "words": [{"word": secret}],
        "alternatives": [{"text": secret, "words": [{"word": secret}]}],
    }
    file = {
        "transcripts": [{"phrases": [phrase], "language": secret, "analytics": {"sentiment": [{"phrase": secret}]}}],
        "participants": [{"ani": secret}],
        "mediaType": secret,
        "subject": secret,
    }
    read = read_speech([orjson.dumps(file)])
    assert secret.encode() not in orjson.dumps([[one.speaker, one.text, one.language] for one in read.utterances])
    assert read.media_type is None


def test_no_repr_shows_text() -> None:
    read = transcript(quality({"text": "my card is 4111"}))
    assert "4111" not in repr(read) + repr(read.utterances[0])


def test_one_broken_byte_does_not_cost_the_call() -> None:
    body = quality({"text": "caf?"}, {"text": "fine"}).replace(b"?", b"\xe9")
    assert [one.text for one in transcript(body).utterances] == ["caf\ufffd", "fine"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("cut \\ud83d off", "cut \ufffd off"),
        ("cut \\uDE00\\ud83d off", "cut \ufffd\ufffd off"),
        ("\\ud83d\\ude00 then \\ud83d", "\U0001f600 then \ufffd"),
        ("\\\\ud83d is no escape, \\ud83d is", "\\ud83d is no escape, \ufffd is"),
    ],
)
def test_half_an_emoji_does_not_cost_the_call(written: str, text: str) -> None:
    quality = f'{{"status": "completed", "utterances": [{{"text": "{written}"}}]}}'.encode()
    speech = f'{{"transcripts": [{{"phrases": [{{"text": "{written}"}}]}}]}}'.encode()
    for read in (read_quality(quality), read_speech([speech])):
        assert isinstance(read, Transcript)
        assert [one.text for one in read.utterances] == [text]


def test_a_byte_order_mark_does_not_cost_the_call() -> None:
    read = read_quality(b'\xef\xbb\xbf{"status": "completed", "utterances": [{"text": "hello"}]}')
    assert isinstance(read, Transcript)
    assert [one.text for one in read.utterances] == ["hello"]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"status":"completed","utterances":{"text":"4111"}}', b'{"status":5}']
)
def test_an_unreadable_file_is_refused_without_quoting_it(body: bytes) -> None:
    with pytest.raises(UnreadableTranscriptError) as refusal:
        read_quality(body)
    assert "4111" not in str(refusal.value)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_parsers(body: bytes) -> None:
    for read in (read_quality, lambda one: read_speech([one])):
        try:
            read(body)
        except UnreadableTranscriptError:
            continue


def test_a_confidence_that_is_no_number_and_an_empty_entry_do_not_cost_the_call() -> None:
    phrases = [
        {"text": "one", "confidence": "high"},
        None,
        {"text": "two", "confidence": 0.5},
        {"text": "three", "confidence": True},
    ]
    speech = read_speech([orjson.dumps({"transcripts": [None, {"phrases": phrases}]})])
    quality = read_quality(orjson.dumps({"status": "completed", "utterances": phrases}))
    for call in (speech, quality):
        assert isinstance(call, Transcript)
        assert [(str(one.text), one.confidence) for one in call.utterances] == [
            ("one", None),
            ("two", 0.5),
            ("three", None),
        ]
