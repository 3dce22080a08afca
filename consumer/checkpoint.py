"""What is finished above the committed offset, as text that fits into the commit's metadata. Pure; garbage means "nothing known"."""

import base64
import binascii
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

MAX_METADATA_BYTES = 4096  # a broker's default (offset.metadata.max.bytes) answers OffsetMetadataTooLargeError above
PREFIX = "gt1:"
CHECKSUM_BYTES = 4
MAX_RAW_BYTES = (MAX_METADATA_BYTES - len(PREFIX)) * 3 // 4
MAX_VARINT_BYTES = 10
# Checksum, form and two times come before the map itself.
MAX_MAP_BYTES = MAX_RAW_BYTES - CHECKSUM_BYTES - 1 - 2 * MAX_VARINT_BYTES
RUNS, BITMAP = 0, 1

Run = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The offset to commit, and what is known above it.

    `finished` holds ascending, disjoint runs of offsets (start inclusive, stop exclusive), none below `front`.
    `anchor_ms` is the timestamp of the record at `front`, `newest_ms` the newest timestamp of all records taken:
    by them a later reader tells whether the log is still the one that the runs speak of. Times are epoch milliseconds.
    """

    front: int
    anchor_ms: int = 0
    newest_ms: int = 0
    finished: tuple[Run, ...] = ()
    revision: int = field(default=0, compare=False)  # of the tracker that made it


def encode(checkpoint: Checkpoint) -> str:
    """Write the runs as lengths or as bits, whichever is shorter; empty if there are none, or in the odd case that none fits."""
    if not checkpoint.finished:
        return ""
    forms = [(RUNS, _lengths(checkpoint))]
    if checkpoint.finished[-1][1] - checkpoint.front <= MAX_MAP_BYTES * 8:
        forms.append((BITMAP, _bits(checkpoint)))
    form, body = min(forms, key=lambda one: len(one[1]))
    if len(body) > MAX_MAP_BYTES:
        return ""
    times = _varint(max(checkpoint.anchor_ms, 0)) + _varint(max(checkpoint.newest_ms, 0))
    raw = bytes([form]) + times + body
    sealed = _checksum(checkpoint.front, raw) + raw
    return PREFIX + base64.b64encode(sealed).decode("ascii").rstrip("=")


def decode(front: int, metadata: str | None) -> Checkpoint:
    """Read back what `encode` wrote beside a committed offset. Whatever else stands there means that nothing is known."""
    nothing = Checkpoint(front=front)
    if not metadata or not metadata.startswith(PREFIX) or len(metadata) > MAX_METADATA_BYTES:
        return nothing
    text = metadata.removeprefix(PREFIX)
    try:
        sealed = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
        checksum, raw = sealed[:CHECKSUM_BYTES], sealed[CHECKSUM_BYTES:]
        if checksum != _checksum(front, raw):
            return nothing
        form, (anchor_ms, at), body = raw[0], _read_varint(raw, 1), b""
        newest_ms, at = _read_varint(raw, at)
        body = raw[at:]
        runs = _read_lengths(front, body) if form == RUNS else _read_bits(front, body) if form == BITMAP else ()
    except (binascii.Error, IndexError, ValueError):
        return nothing
    return Checkpoint(front=front, anchor_ms=anchor_ms, newest_ms=newest_ms, finished=tuple(runs))


def runs_between(front: int, unfinished: Iterable[int], end: int) -> list[Run]:
    """List what lies between ascending unfinished offsets, from `front` to before `end`; offsets that never were count as finished."""
    runs: list[Run] = []
    start = front
    for offset in unfinished:
        if offset > start:
            runs.append((start, offset))
        start = offset + 1
    if end > start:
        runs.append((start, end))
    return runs


def largest_map_bytes(*, span: int, holes: int) -> int:
    """Tell how long the map of `span` offsets with at most `holes` unfinished ones can become, in bytes."""
    width = max(span.bit_length() + 6, 7) // 7
    return min((span + 7) // 8, 2 * width * (holes + 1))


def _checksum(front: int, raw: bytes) -> bytes:
    return zlib.crc32(raw, zlib.crc32(b"%d" % front)).to_bytes(CHECKSUM_BYTES, "big")


def _lengths(checkpoint: Checkpoint) -> bytes:
    body = bytearray()
    at = checkpoint.front
    for start, stop in checkpoint.finished:
        body += _varint(start - at) + _varint(stop - start)
        at = stop
    return bytes(body)


def _read_lengths(front: int, body: bytes) -> list[Run]:
    runs: list[Run] = []
    at, place = front, 0
    while place < len(body):
        gap, place = _read_varint(body, place)
        length, place = _read_varint(body, place)
        runs.append((at + gap, at + gap + length))
        at += gap + length
    return runs


def _bits(checkpoint: Checkpoint) -> bytes:
    front, end = checkpoint.front, checkpoint.finished[-1][1]
    bits = 0
    for start, stop in checkpoint.finished:
        bits |= ((1 << (stop - start)) - 1) << (start - front)
    return bits.to_bytes((end - front + 7) // 8, "little")


def _read_bits(front: int, body: bytes) -> list[Run]:
    bits = int.from_bytes(body, "little")
    unset = (place for place, bit in enumerate(reversed(f"{bits:b}")) if bit == "0")
    return [(front + start, front + stop) for start, stop in runs_between(0, unset, bits.bit_length())]


def _varint(value: int) -> bytes:
    """Write a number seven bits a byte, the lowest first; the high bit says that more follow."""
    written = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    """Read a number; returns it and where the next one starts. Raises IndexError where it is cut short."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte <= 0x7F:  # noqa: PLR2004 - the last one
            return value, at
        if shift > 7 * MAX_VARINT_BYTES:
            raise ValueError("a number that never ends")
