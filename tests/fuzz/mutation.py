"""Change valid inputs a little: bytes, tokens of JSON, whole values. Pure: all dice are the generator's."""

import random
from collections.abc import Callable, Sequence

# What has broken decoders before: limits of integers and floats, half of a surrogate pair, bytes that are no UTF-8, other types.
TOKENS = (
    b"null", b"true", b"0", b"-0", b"-1", b"1e999", b"-1e999", b"1e-400", b"0.1", b"9007199254740993", b"18446744073709551616",
    b"253402300800000", b"-62135596800001", b"NaN", b"Infinity", b"1" * 400, b'""', b'"\\ud800"', b'"\\udc00\\ud800"', b'"\\u0000"',
    b'"\xff\xfe"', b'"\xed\xa0\x80"', b"\xef\xbb\xbf", b"[]", b"{}", b"[[]]", b'{"":{}}', b'"9999-12-31T23:59:59.999999999-23:59"',
    b'"0001-01-01T00:00:00+23:59"', b'"2024-02-30T25:61:61Z"', b'"2024-01-01T00:00:00.123456789123Z"', b'"20240101T000000Z"',
    b'"2024-W01-1"', b'"1700000000000"', b'"+1700000000000"', b'"\xd9\xa1\xd9\xa2\xd9\xa3"', b'"a\\nb"', b",", b":", b"{", b"}", b"[",
    b"]", b'"', b"\\", b"\x00", b"\n", b"\r\n", b"\t", b"\xc2\xa0", b"\xe2\x80\xa8", b"/*", b"//",
)  # fmt: skip
DEEP = 3000
LONGEST_BYTES = 200_000

Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def mutate(rng: random.Random, corpus: Sequence[bytes]) -> bytes:
    """Take an input of the corpus and change it in one to six places; now and then leave it whole."""
    data = rng.choice(corpus)
    for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 3, 4, 6))):
        data = rng.choice(_MUTATIONS)(rng, data, corpus)
    return data[:LONGEST_BYTES]


def _flip(rng: random.Random, data: bytes, _corpus: Sequence[bytes]) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def _overwrite(rng: random.Random, data: bytes, _corpus: Sequence[bytes]) -> bytes:
    start, stop = _slice(rng, data)
    return data[:start] + rng.randbytes(stop - start) + data[stop:]


def _cut(rng: random.Random, data: bytes, _corpus: Sequence[bytes]) -> bytes:
    start, stop = _slice(rng, data)
    return data[:start] + data[stop:]


def _truncate(rng: random.Random, data: bytes, _corpus: Sequence[bytes]) -> bytes:
    return data[: rng.randint(0, len(data))]


def _repeat(rng: random.Random, data: bytes, _corpus: Sequence[bytes]) -> bytes:
    start, stop = _slice(rng, data)
    return data[:stop] + data[start:stop] * rng.randint(1, 8) + data[stop:]


def _insert_token(rng: random.Random, data: bytes, _corpus: Sequence[bytes]) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(TOKENS) + data[at:]


def _replace_value(rng: random.Random, data: bytes, corpus: Sequence[bytes]) -> bytes:
    """Put something else where a value of JSON stands: a token, a piece of another input, or a deep nest."""
    colon = data.find(b":", rng.randint(0, len(data)))
    if colon < 0:
        return _insert_token(rng, data, corpus)
    ends = [end for end in (data.find(mark, colon) for mark in (b",", b"}", b"]")) if end > 0]
    stop = min(ends, default=len(data))
    return data[: colon + 1] + _value(rng, corpus) + data[stop:]


def _rename(rng: random.Random, data: bytes, _corpus: Sequence[bytes]) -> bytes:
    """Give one field the name of another, so that types meet that never should."""
    names = [part for part in data.split(b'"')[1::2] if part]
    if len(names) < 2:
        return data
    return data.replace(rng.choice(names), rng.choice(names), 1)


def _splice(rng: random.Random, data: bytes, corpus: Sequence[bytes]) -> bytes:
    other = rng.choice(corpus)
    return data[: rng.randint(0, len(data))] + other[rng.randint(0, len(other)) :]


def _value(rng: random.Random, corpus: Sequence[bytes]) -> bytes:
    die = rng.random()
    if die < 0.02:
        return b"[" * DEEP + b"]" * DEEP
    if die < 0.04:
        return b'{"a":' * DEEP + b"0" + b"}" * DEEP
    return rng.choice(corpus) if die < 0.2 else rng.choice(TOKENS)


def _slice(rng: random.Random, data: bytes) -> tuple[int, int]:
    start = rng.randint(0, len(data))
    return start, min(start + rng.choice((1, 1, 2, 4, 8, 16, 64)), len(data))


_MUTATIONS: tuple[Mutation, ...] = (
    _flip, _overwrite, _cut, _truncate, _repeat, _insert_token, _insert_token, _replace_value, _replace_value, _replace_value, _rename, _splice,
)  # fmt: skip
