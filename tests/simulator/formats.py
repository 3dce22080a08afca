"""One call in both file formats of Genesys: the text stands in every place where the vendor repeats it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from tests.simulator.generator import Call, Turn

ORGANIZATION = "0a1b2c3d-0000-4000-8000-000000000001"
ZONES = (UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-7)))


def quality_file(call: Call) -> dict[str, Any]:
    """Shape the answer of GET /api/v2/quality/transcriptions/{id} for a completed job."""
    return {
        "id": call.id,
        "status": "completed",
        "language": call.language,
        "utterances": [_utterance(number, turn) for number, turn in enumerate(call.turns)],
        "analytics": _analytics(call),
    }


def speech_file(call: Call, *, communication_id: str) -> dict[str, Any]:
    """Shape the transcript file of one communication, in two transcripts so that they have to be merged."""
    middle = len(call.turns) // 2
    halves = [call.turns[:middle], call.turns[middle:]]
    # The later half first: order comes from the times, not from the file.
    transcripts = [
        {
            "transcriptId": f"{call.id}-{number}",
            "language": call.language,
            "engineId": "simulated",
            "startTime": half[0].start_ms if half else None,
            "phrases": [_phrase(at, turn) for at, turn in enumerate(half)],
            "analytics": _analytics(call),
        }
        for number, half in reversed(list(enumerate(halves)))
    ]
    numbers = [planted.written for planted in call.planted if planted.kind == "PHONE"] or ["tel:unknown"]
    return {
        "organizationId": ORGANIZATION,
        "conversationId": call.id,
        "communicationId": communication_id,
        "mediaType": "call",
        "conversationStartTime": call.turns[0].start_ms if call.turns else 0,
        "transcripts": transcripts,
        "participants": [{"participantPurpose": "external", "ani": numbers[0], "dnis": numbers[-1]}],
        "uri": f"/transcripts/{call.id}",
    }


def _utterance(number: int, turn: Turn) -> dict[str, Any]:
    zone = ZONES[number % len(ZONES)]
    entry: dict[str, Any] = {
        "speaker": turn.speaker,
        "text": turn.text,
        "start": _iso(turn.start_ms, zone),
        "end": _iso(turn.start_ms + turn.duration_ms, zone),
        "words": _words(turn),
        "alternatives": [{"text": turn.text, "words": _words(turn)}],
    }
    if turn.confidence is not None:
        entry["confidence"] = turn.confidence
    if number % 11 == 10:
        del entry["speaker"]
    return entry


def _phrase(number: int, turn: Turn) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "phraseIndex": number,
        "participantPurpose": "internal" if turn.speaker == "agent" else "external",
        "text": turn.text,
        "stability": 1.0,
        "startTimeMs": turn.start_ms,
        "duration": {"milliseconds": turn.duration_ms},
        "words": _words(turn),
        "alternatives": [{"text": turn.text, "confidence": 0.4, "words": _words(turn)}],
    }
    if turn.decorated is not None:
        entry["decoratedText"] = turn.decorated
    if turn.confidence is not None:
        entry["confidence"] = turn.confidence
    return entry


def _words(turn: Turn) -> list[dict[str, Any]]:
    words = turn.text.split()
    step = turn.duration_ms // max(len(words), 1)
    return [
        {"word": word, "confidence": 0.9, "startTimeMs": turn.start_ms + at * step, "duration": {"milliseconds": step}}
        for at, word in enumerate(words)
    ]


def _analytics(call: Call) -> dict[str, Any]:
    repeated = [turn.text for turn in call.turns[:8]]
    return {
        "sentiment": [{"phrase": text, "sentiment": 0.1} for text in repeated],
        "topics": [{"topicName": "numbers", "topicPhrase": text, "transcriptPhrase": text} for text in repeated],
        "acoustic": [{"eventType": "silence"}],
    }


def _iso(epoch_ms: int, zone: Any) -> str:
    text = datetime.fromtimestamp(epoch_ms / 1000, zone).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
