"""One call in both file formats of Genesys: the text stands in every place where the vendor repeats it. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

import orjson

from tests.simulator.generator import Call, Planted, Turn, generate

ORGANIZATION = "0a1b2c3d-0000-4000-8000-000000000001"
ZONES = (UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-7)))
REPEATED_TURNS = 8


def quality_file(call: Call, *, plain: bool = False) -> dict[str, Any]:
    """Shape the answer of GET /api/v2/quality/transcriptions/{id} for a completed job.

    `plain` leaves nothing but the contract's own fields; otherwise words, alternatives and analytics repeat the text.
    """
    file: dict[str, Any] = {
        "id": call.id,
        "status": "completed",
        "language": call.language,
        "utterances": [_utterance(number, turn) for number, turn in enumerate(call.turns)],
    }
    if plain:
        return file
    secrets = _by_turn(call)
    for number, turn in enumerate(call.turns):
        file["utterances"][number] |= _repeated(turn, secrets.get(number))
    return file | {"analytics": _analytics(call, range(len(call.turns)))}


def speech_file(call: Call, *, communication_id: str) -> dict[str, Any]:
    """Shape the transcript file of one communication, in two transcripts so that they have to be merged."""
    middle = len(call.turns) // 2
    # The later half first: order comes from the times, not from the file.
    halves = [(1, range(middle, len(call.turns))), (0, range(middle))]
    return {
        "organizationId": ORGANIZATION,
        "conversationId": call.id,
        "communicationId": communication_id,
        "mediaType": "call",
        "conversationStartTime": call.turns[0].start_ms if call.turns else 0,
        "startTime": call.turns[0].start_ms if call.turns else 0,
        "duration": {"milliseconds": _end(call.turns) - call.turns[0].start_ms if call.turns else 0},
        "subject": call.planted[0].written if call.planted else "",
        "transcripts": [_transcript(call, number, half) for number, half in halves],
        "participants": _participants(call),
        "uri": f"/transcripts/{call.id}",
    }


def sized_call(seed: int, index: int, *, utterances: int, target_bytes: int, call_id: str | None = None) -> Call:
    """Make a call whose plain quality file has about `target_bytes`: the turns are made longer, not more.

    It cannot be smaller than its utterances in their shortest form.
    """
    shortest = generate(seed, index, utterances=utterances, call_id=call_id)
    characters, best = 0, shortest
    for _ in range(4):  # sentences are whole, so the length is approached
        missing = target_bytes - quality_bytes(best, plain=True)
        if abs(missing) <= target_bytes // 100:
            break
        average = characters or sum(len(turn.text) for turn in best.turns) / max(utterances, 1)
        characters = max(int(average + missing / max(utterances, 1)), 0)
        best = generate(seed, index, utterances=utterances, call_id=call_id, turn_characters=characters)
    return best


def quality_bytes(call: Call, *, plain: bool) -> int:
    """Measure a call's quality file."""
    return len(orjson.dumps(quality_file(call, plain=plain)))


def _transcript(call: Call, number: int, half: range) -> dict[str, Any]:
    secrets = _by_turn(call)
    return {
        "transcriptId": f"{call.id}-{number}",
        "language": call.language,
        "programId": "00000000-0000-4000-8000-000000000002",
        "engineId": "simulated",
        "startTime": call.turns[half.start].start_ms if half else None,
        "phrases": [_phrase(at, call.turns[turn], secrets.get(turn)) for at, turn in enumerate(half)],
        "analytics": _analytics(call, half),
    }


def _utterance(number: int, turn: Turn) -> dict[str, Any]:
    zone = ZONES[number % len(ZONES)]
    entry: dict[str, Any] = {
        "speaker": turn.speaker,
        "text": turn.text,
        "start": _iso(turn.start_ms, zone),
        "end": _iso(turn.start_ms + turn.duration_ms, zone),
    }
    if turn.confidence is not None:
        entry["confidence"] = turn.confidence
    if number % 11 == 10:
        del entry["speaker"]
    return entry


def _phrase(number: int, turn: Turn, secret: Planted | None) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "phraseIndex": number,
        "participantPurpose": "internal" if turn.speaker == "agent" else "external",
        "text": turn.text,
        "stability": 1.0,
        "startTimeMs": turn.start_ms,
        "duration": {"milliseconds": turn.duration_ms},
    }
    if turn.decorated is not None:
        entry["decoratedText"] = turn.decorated
    if turn.confidence is not None:
        entry["confidence"] = turn.confidence
    return entry | _repeated(turn, secret)


def _repeated(turn: Turn, secret: Planted | None) -> dict[str, Any]:
    """Say a turn again, word by word and as the recogniser's second guess: that one writes a number in bare digits."""
    guess = turn.text if secret is None else turn.text.replace(secret.written, secret.digits)
    return {
        "words": _words(turn, turn.text),
        "alternatives": [{"text": guess, "confidence": 0.4, "words": _words(turn, guess)}],
    }


def _words(turn: Turn, text: str) -> list[dict[str, Any]]:
    words = text.split()
    step = turn.duration_ms // max(len(words), 1)
    return [
        {"word": word, "confidence": 0.9, "startTimeMs": turn.start_ms + at * step, "duration": {"milliseconds": step}}
        for at, word in enumerate(words)
    ]


def _analytics(call: Call, turns: range) -> dict[str, Any]:
    """Repeat the first turns, and every turn with a number in it."""
    secrets = _by_turn(call)
    repeated = [call.turns[at] for at in turns if at - turns.start < REPEATED_TURNS or at in secrets]
    return {
        "sentiment": [{"phrase": turn.text, "sentiment": 0.1} for turn in repeated],
        "topics": [
            {"topicName": "numbers", "topicPhrase": turn.text, "transcriptPhrase": turn.text} for turn in repeated
        ],
        "acoustic": [{"eventType": "silence", "startTimeMs": call.turns[turns.start].start_ms}] if turns else [],
    }


def _participants(call: Call) -> list[dict[str, Any]]:
    """Phone numbers stand in ani and dnis; whatever else was said, in to and from."""
    phones = [one.written for one in call.planted if one.kind == "PHONE"] or ["tel:unknown"]
    others = [one.written for one in call.planted if one.kind != "PHONE"]
    more = [{"participantPurpose": "external", "ani": phone} for phone in phones[1:-1]]
    return [
        {"participantPurpose": "external", "ani": phones[0], "dnis": phones[-1], "from": ", ".join(others)},
        {"participantPurpose": "internal", "userId": "00000000-0000-4000-8000-000000000003", "to": phones[0]},
        *more,
    ]


def _by_turn(call: Call) -> dict[int, Planted]:
    return {one.utterance: one for one in call.planted if one.utterance is not None}


def _end(turns: Sequence[Turn]) -> int:
    return turns[-1].start_ms + turns[-1].duration_ms


def _iso(epoch_ms: int, zone: tzinfo) -> str:
    text = datetime.fromtimestamp(epoch_ms / 1000, zone).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
