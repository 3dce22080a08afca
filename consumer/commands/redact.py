"""`consumer redact`: try the redaction on lines of text or on a transcript file."""

import secrets
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from consumer.redaction import RawText, Redactor, Span, Turn, Verdict
from consumer.redaction.stream import Stream
from consumer.transcript import JobStatus, Transcript, UnreadableTranscriptError, read_quality, read_speech

MEMORY_KEY_BYTES = 32


@dataclass(slots=True, kw_only=True)
class Slot:
    """One line of input, and its answer once it is known."""

    turn: Turn
    answer: dict[str, object] | None = None
    verdicts: list[Verdict] = field(default_factory=list)


class LineRedactor:
    """Redacts lines; those of one conversation together, also when they are interleaved. Answers come in the order of the lines."""

    def __init__(self, redactor: Redactor, *, stream: bool, explain: bool) -> None:
        self._redactor = redactor
        self._stream = stream
        self._explain = explain
        self._waiting: deque[Slot] = deque()
        self._conversations: dict[str, list[Slot]] = {}
        self._streams: dict[str, tuple[Stream, deque[Slot]]] = {}
        self.refused = 0

    def run(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Answer every line with one line of JSON."""
        for number, line in enumerate(lines, start=1):
            self._take(number, line.rstrip(b"\r\n"))
            yield from self._ready()
        for slots in self._conversations.values():
            self._redact(slots)
        for stream, held in self._streams.values():
            self._release(held, stream.close())
        yield from self._ready()

    def _take(self, number: int, line: bytes) -> None:
        read = read_line(line)
        if isinstance(read, str):
            self.refused += 1
            self._waiting.append(Slot(turn=Turn(RawText("")), answer={"error": f"line {number}: {read}"}))
            return
        conversation, turn = read
        slot = Slot(turn=turn)
        self._waiting.append(slot)
        if conversation is None:
            self._redact([slot])
        elif self._stream:
            stream, slots = self._streams.setdefault(
                conversation, (self._redactor.stream(secrets.token_bytes(MEMORY_KEY_BYTES)), deque())
            )
            slots.append(slot)
            self._release(slots, stream.feed(turn))
        else:
            self._conversations.setdefault(conversation, []).append(slot)

    def _redact(self, slots: list[Slot]) -> None:
        def note(index: int, verdict: Verdict) -> None:
            slots[index].verdicts.append(verdict)

        turns = [slot.turn for slot in slots]
        spans = self._redactor.find(turns, note=note if self._explain else None)
        for slot, found in zip(slots, spans, strict=True):
            self._answer(slot, found)

    def _release(self, slots: deque[Slot], released: list[list[Span]]) -> None:
        for spans in released:
            self._answer(slots.popleft(), spans)

    def _answer(self, slot: Slot, spans: list[Span]) -> None:
        slot.answer = {
            "text": self._redactor.write(slot.turn.text, spans),
            "spans": [
                {"start": one.start, "end": one.end, "type": one.kind, "rule": one.rule, "source": one.source}
                for one in spans
            ],
        }
        if self._explain:
            slot.answer["explain"] = [
                {"start": one.start, "end": one.end, "hidden": one.hidden, "why": one.rule} for one in slot.verdicts
            ]

    def _ready(self) -> Iterator[bytes]:
        while self._waiting and (answer := self._waiting[0].answer) is not None:
            self._waiting.popleft()
            yield orjson.dumps(answer) + b"\n"


def read_line(line: bytes) -> tuple[str | None, Turn] | str:
    """Read a line: a JSON object with "text" (and "conversation", "speaker"), or plain text. Returns what is wrong, as words."""
    text = line.decode("utf-8", "replace")
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None, Turn(RawText(text))
    if not isinstance(value, dict):
        return None, Turn(RawText(text))
    for name in ("text", "conversation", "speaker"):
        if name in value and not isinstance(value[name], str):
            return f"{name} must be text"
    if "text" not in value:
        return 'text is missing: a line is {"text": "..."}, or plain text'
    return value.get("conversation"), Turn(RawText(value["text"]), value.get("speaker", ""))


def read_file(path: Path) -> Transcript:
    """Read a transcript file of either contract. Raises ValueError that says what is wrong with it."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path}: cannot be read ({error.strerror})") from None
    try:
        fields = orjson.loads(body)
        if isinstance(fields, dict) and "transcripts" in fields:
            return read_speech([body])
        if isinstance(fields, dict) and "utterances" in fields:
            read = read_quality(orjson.dumps(fields | {"status": "completed"}))
            if not isinstance(read, JobStatus):
                return read
    except (orjson.JSONDecodeError, UnreadableTranscriptError) as error:
        raise ValueError(
            f"{path}: is no transcript ({error if isinstance(error, UnreadableTranscriptError) else 'not JSON'})"
        ) from None
    raise ValueError(
        f"{path}: is no transcript: neither utterances (quality contract) nor transcripts (speech contract) in it"
    )


def print_call(console: Console, redactor: Redactor, transcript: Transcript, *, show: bool, explain: bool) -> None:
    """Print a call as a table: hidden parts as their tags, or marked in the text where `show` asks for that."""
    verdicts: list[tuple[int, Verdict]] = []
    turns = [Turn(one.text, one.speaker, one.start_epoch) for one in transcript.utterances]
    language = next((one.language for one in transcript.utterances if one.language), None)
    found = redactor.find(turns, language=language, note=lambda index, verdict: verdicts.append((index, verdict)))
    table = Table("time", "speaker", "text", box=None, pad_edge=False)
    begin = next((turn.at for turn in turns if turn.at is not None), 0.0)
    for index, (turn, spans) in enumerate(zip(turns, found, strict=True)):
        at = "" if turn.at is None else f"{int(turn.at - begin) // 60}:{int(turn.at - begin) % 60:02}"
        table.add_row(at, turn.speaker, _marked(redactor, turn.text, spans, show=show))
        for of, verdict in verdicts:
            if explain and of == index:
                what = turn.text[verdict.start : verdict.end] if show else f"{verdict.start}-{verdict.end}"
                table.add_row(
                    "", "", Text(f"{'hidden' if verdict.hidden else 'left'}: {what} ({verdict.rule})", style="dim")
                )
    console.print(table)


def _marked(redactor: Redactor, text: RawText, spans: list[Span], *, show: bool) -> Text:
    if not show:
        written = Text(redactor.write(text, spans))
        written.highlight_regex(r"\[REDACTED_[^\]]*\]", "bold red")
        return written
    marked = Text(text)
    for span in spans:
        marked.stylize("bold white on red", span.start, span.end)
    return marked
