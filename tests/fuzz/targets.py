"""What is fuzzed: how an input becomes a call, which errors are part of the contract, and what has to hold of a result."""

import base64
import hmac
import math
import re
from collections.abc import Callable
from dataclasses import dataclass

import orjson
from aiokafka.structs import ConsumerRecord

from common import events
from common.events import Contract, InvalidEventError, TranscriptEvent
from consumer import document as documents
from consumer.assignment import Assignment
from consumer.checkpoint import CHECKSUM_BYTES, PREFIX, Checkpoint, _checksum, decode, encode
from consumer.redaction import Redactor
from consumer.transcript import JobStatus, Transcript, UnreadableTranscriptError, read_quality, read_speech
from consumer.work import Work, provenance, read
from producer import webhook
from producer.authenticity import API_KEY, GENESYS_SIGNATURE, HUB_SIGNATURE, Credentials, problem_of
from producer.payloads import FieldError, first_moment, read_event, read_webhook
from tests.simulator.formats import quality_file, speech_file
from tests.simulator.generator import generate

SECRET, KEY = b"fuzz-secret", "fuzz-key"
CREDENTIALS = Credentials(webhook_secrets=(SECRET,), api_keys=(KEY.encode(),))
NOW_MS = 1_750_000_000_000
FRONT = 60
SEPARATOR = b"\x1e"  # between the parts of an input that has several
PLACE = re.compile(r"[A-Za-z][A-Za-z_.-]{0,80}\Z")
EVENT = TranscriptEvent(
    event_id="e-1", contract=Contract.QUALITY, type="simulated", transcription_id="t-1", received_at_ms=NOW_MS
)
_redactor = Redactor()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One reader of bytes. `run` returns a word for the way an input took, so that rare ways are kept to go on from."""

    name: str
    run: Callable[[bytes], str]
    corpus: tuple[bytes, ...]


def _judged(verdict: webhook.Verdict) -> str:
    """Check that a verdict can be acted upon: the event meets the wire contract, a refusal quotes nothing."""
    match verdict:
        case webhook.Accepted(event=event, traceparent=trace):
            assert events.decode(events.encode(event)) == event
            assert trace is None or len(trace) == 55
            return f"accepted {event.contract} {event.communication_id is None} {event.occurred_at_ms is None}"
        case webhook.Ignored(reason=reason):
            return f"ignored {reason}"
        case webhook.Refused(status=status, problem=problem, field=field):
            return f"refused {status} {problem} {_place(field) if field else None}"


def _place(field: str) -> str:
    """Check that an error names a field and quotes no value."""
    assert PLACE.match(field), field
    return field


def _transcription(data: bytes) -> str:
    headers = {API_KEY: KEY, "Content-Type": "application/json"}
    return _judged(webhook.judge_transcription(headers, data, CREDENTIALS, now_ms=NOW_MS))


def _event(data: bytes) -> str:
    headers = {API_KEY: KEY, "Content-Type": "application/json"}
    return _judged(webhook.judge_event(headers, data, CREDENTIALS, now_ms=NOW_MS))


def _headers(data: bytes) -> str:
    """Read names and values of headers in turn, then the body; header bytes come as aiohttp gives them, with surrogates."""
    *parts, body = data.split(SEPARATOR)
    texts = [part.decode("utf-8", "surrogateescape") for part in parts]
    headers = dict(zip(texts[::2], texts[1::2], strict=False))
    problem = problem_of(headers, body, CREDENTIALS)
    assert problem is None or re.fullmatch(r"[a-z_]+", problem)
    if problem is None:
        assert _is_proven(headers, body)
    return f"{problem} {_judged(webhook.judge_event(headers, body, CREDENTIALS, now_ms=NOW_MS))}"


def _is_proven(headers: dict[str, str], body: bytes) -> bool:
    """Tell again, in another way, whether the proof that counts is right."""
    digest = hmac.digest(SECRET, body, "sha256")
    if GENESYS_SIGNATURE in headers:
        return headers[GENESYS_SIGNATURE].lower() == digest.hex()
    if HUB_SIGNATURE in headers:
        given = headers[HUB_SIGNATURE].removeprefix("sha256=")
        return given.lower() == digest.hex() or base64.b64decode(given) == digest
    return headers.get(API_KEY) == KEY


def _payloads(data: bytes) -> str:
    ways = []
    for decode_body in (read_webhook, read_event):
        try:
            ways.append(type(decode_body(data)).__name__)
        except FieldError as error:
            ways.append(f"{_place(error.field)} {error.problem}")
    moment = first_moment(data.decode("utf-8", "replace").strip('"'))
    assert moment is None or 0 <= moment < 2**53
    return f"{ways} {moment is None}"


def _record(data: bytes) -> str:
    try:
        event = events.decode(data)
    except InvalidEventError as error:
        return f"{_place(error.field)} {error.problem}"
    assert events.decode(events.encode(event)) == event
    return f"{event.contract} {event.names_whole_conversation}"


def _work(data: bytes) -> str:
    """Read names and values of record headers in turn, then the value."""
    *parts, value = data.split(SEPARATOR)
    headers = [(name.decode("utf-8", "replace"), body) for name, body in zip(parts[::2], parts[1::2], strict=False)]
    record = ConsumerRecord(
        topic="t.events", partition=0, offset=7, timestamp=NOW_MS, timestamp_type=0, key=None, value=value,
        checksum=None, serialized_key_size=-1, serialized_value_size=len(value), headers=headers,
    )  # fmt: skip
    work = read(record, Assignment({}))
    assert provenance(work, reason="fuzz")
    return (
        f"{type(work).__name__} {work.source.topic == 't.events'} {isinstance(work, Work) and work.traceparent is None}"
    )


def _checkpoint(data: bytes) -> str:
    """Read an input as the metadata of a commit, and as what a checksum seals in it."""
    sealed = PREFIX + base64.b64encode(_checksum(FRONT, data) + data).decode().rstrip("=")
    ways = []
    for metadata in (data.decode("utf-8", "replace"), sealed):
        found = decode(FRONT, metadata)
        at = FRONT
        for start, stop in found.finished:
            assert at <= start <= stop
            at = stop
        ways.append(min(len(found.finished), 4))
    return f"{ways}"


def _quality(data: bytes) -> str:
    try:
        found = read_quality(data)
    except UnreadableTranscriptError:
        return "unreadable"
    return f"status {found.status}" if isinstance(found, JobStatus) else _document(found)


def _speech(data: bytes) -> str:
    try:
        return _document(read_speech(data.split(SEPARATOR)))
    except UnreadableTranscriptError:
        return "unreadable"


def _document(transcript: Transcript) -> str:
    """Check that what was read can be redacted and written, as JSON that Elasticsearch reads."""
    for one in transcript.utterances:
        times = [moment for moment in (one.start_epoch, one.end_epoch, one.confidence) if moment is not None]
        assert all(map(math.isfinite, times)), times
    body = documents.encode(documents.build(EVENT, transcript, _redactor, now_seconds=NOW_MS / 1000))
    assert b"\n" not in body
    assert len(orjson.loads(body)["utterances"]) == len(transcript.utterances)
    return f"transcript {min(len(transcript.utterances), 3)} {transcript.media_type}"


def _json(*values: object) -> tuple[bytes, ...]:
    return tuple(orjson.dumps(value) for value in values)


_calls = [generate(1, index, utterances=3) for index in range(3)]
_hook = {"type": webhook.COMPLETED, "transcriptionId": "t-1", "timestamp": "2024-05-01T12:00:00.000Z"}
_inner = {
    "conversationId": "c-1", "communicationId": "m-1", "organizationId": "o-1", "eventTime": 1_714_564_800_000,
    "status": {"offset": 0, "status": "SESSION_ENDED"},
}  # fmt: skip
_bridge = {
    "version": "0", "id": "b-1", "detail-type": webhook.TRANSCRIPTION_TOPIC, "source": "aws.partner/genesys.com/cloud/o-1/x",
    "time": "2024-05-01T12:00:00Z", "detail": {"eventBody": _inner, "timestamp": "2024-05-01T12:00:00Z"},
}  # fmt: skip
_trigger = {
    "conversationId": "c-1",
    "communicationId": "m-1",
    "organizationId": "o-1",
    "time": "2024-05-01T12:00:00+02:00",
}
_bodies = _json(_hook, _bridge, _trigger, _bridge | {"detail-type": "v2.detail.events.conversation.{id}.acw"})
_events = (
    events.encode(EVENT),
    events.encode(
        TranscriptEvent(
            event_id="e-2",
            contract=Contract.SPEECH,
            type="s",
            conversation_id="c",
            communication_id="m",
            received_at_ms=1,
        )
    ),
)
_trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
_signed = hmac.digest(SECRET, _bodies[0], "sha256")


def _with_headers(body: bytes, **headers: str | bytes) -> bytes:
    parts = [part.encode() if isinstance(part, str) else part for pair in headers.items() for part in pair]
    return SEPARATOR.join([*parts, body])


def _raw(metadata: bytes) -> bytes:
    """Take prefix and checksum off."""
    text = metadata.decode().removeprefix(PREFIX)
    return base64.b64decode(text + "=" * (-len(text) % 4))[CHECKSUM_BYTES:]


_metadata = [
    encode(Checkpoint(front=FRONT, anchor_ms=NOW_MS, newest_ms=NOW_MS, finished=runs)).encode()
    for runs in (((61, 70),), ((61, 62), (64, 65), (70, 900)), tuple((n, n + 1) for n in range(61, 200, 2)))
]

TARGETS: dict[str, Target] = {
    one.name: one
    for one in (
        Target(name="transcription", run=_transcription, corpus=_bodies),
        Target(name="event", run=_event, corpus=_bodies),
        Target(
            name="headers",
            run=_headers,
            corpus=(
                _with_headers(_bodies[0], **{GENESYS_SIGNATURE: _signed.hex(), "Content-Type": "application/json"}),
                _with_headers(_bodies[0], **{HUB_SIGNATURE: f"sha256={_signed.hex()}", "traceparent": _trace}),
                _with_headers(_bodies[0], **{HUB_SIGNATURE: b"sha256=" + base64.b64encode(_signed)}),
                _with_headers(_bodies[1], **{API_KEY: KEY, "Content-Type": "application/x+json; charset=utf-8"}),
            ),
        ),
        Target(name="payloads", run=_payloads, corpus=(*_bodies, b'"2024-05-01T12:00:00.000Z"', b"1714564800000")),
        Target(name="record", run=_record, corpus=_events),
        Target(
            name="work",
            run=_work,
            corpus=(
                _with_headers(
                    _events[0],
                    **{
                        "original-topic": "t.retry-1", "original-partition": "3", "original-offset": "12",
                        "original-timestamp": "1750000000000", "attempts": "2", "traceparent": _trace,
                    },
                ),
                *_events,
            ),
        ),
        Target(
            name="checkpoint",
            run=_checkpoint,
            corpus=(*_metadata, *(_raw(one) for one in _metadata)),
        ),
        Target(
            name="quality",
            run=_quality,
            corpus=_json(
                *(quality_file(call, plain=plain) for call in _calls for plain in (True, False)), {"status": "failed"}
            ),
        ),
        Target(
            name="speech", run=_speech, corpus=_json(*(speech_file(call, communication_id="m-1") for call in _calls))
        ),
    )
}  # fmt: skip
