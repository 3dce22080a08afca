"""What is finished above a commit fits into its metadata and comes back the same; anything else there means nothing is known."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumer.checkpoint import (
    BITMAP,
    CHECKSUM_BYTES,
    MAX_MAP_BYTES,
    MAX_METADATA_BYTES,
    PREFIX,
    RUNS,
    Checkpoint,
    decode,
    encode,
    largest_map_bytes,
    runs_between,
)

TIMES = st.integers(0, 2**48)


@st.composite
def checkpoints(draw: st.DrawFn, *, longest: int = 400) -> Checkpoint:
    front = draw(st.integers(0, 2**60))
    at, runs = front, []
    for gap, length in draw(st.lists(st.tuples(st.integers(1, longest), st.integers(1, longest)), max_size=60)):
        runs.append((at + gap, at + gap + length))
        at += gap + length
    return Checkpoint(front=front, anchor_ms=draw(TIMES), newest_ms=draw(TIMES), finished=tuple(runs))


def form_of(metadata: str) -> int:
    text = metadata.removeprefix(PREFIX)
    return base64.b64decode(text + "=" * (-len(text) % 4))[CHECKSUM_BYTES]


@given(checkpoints())
def test_what_is_written_comes_back(checkpoint: Checkpoint) -> None:
    metadata = encode(checkpoint)
    assert len(metadata) <= MAX_METADATA_BYTES
    expected = checkpoint if checkpoint.finished else Checkpoint(front=checkpoint.front)
    assert decode(checkpoint.front, metadata) == expected


@given(st.sets(st.integers(0, 300)), st.integers(0, 2**50))
def test_any_set_of_offsets_comes_back_offset_by_offset(finished: set[int], front: int) -> None:
    unfinished = sorted(set(range(301)) - finished)
    runs = tuple((front + a, front + b) for a, b in runs_between(0, unfinished, 301))
    read = decode(front, encode(Checkpoint(front=front, finished=runs)))
    assert {one - front for start, stop in read.finished for one in range(start, stop)} == finished


def test_the_shorter_form_is_written() -> None:
    sparse = Checkpoint(front=0, finished=((1, 100_000),))
    dense = Checkpoint(front=0, finished=tuple((one, one + 1) for one in range(1, 4000, 2)))
    assert form_of(encode(sparse)) == RUNS
    assert form_of(encode(dense)) == BITMAP
    assert len(encode(sparse)) < 40
    assert decode(0, encode(dense)) == dense


@given(st.integers(1, 60_000), st.data())
def test_no_map_is_longer_than_the_bound_that_is_known_beforehand(span: int, data: st.DataObject) -> None:
    unfinished = sorted(data.draw(st.sets(st.integers(1, span), max_size=100)))
    runs = tuple(runs_between(0, [0, *unfinished], span + 1))
    bound = largest_map_bytes(span=span + 1, holes=len(unfinished) + 1)
    if bound <= MAX_MAP_BYTES and runs:
        checkpoint = Checkpoint(front=0, anchor_ms=2**62, newest_ms=2**62, finished=runs)
        metadata = encode(checkpoint)
        assert 0 < len(metadata) <= MAX_METADATA_BYTES
        assert decode(0, metadata) == checkpoint


def test_a_map_that_cannot_fit_is_left_out_and_never_cut() -> None:
    runs = tuple((one, one + 1) for one in range(1, 8 * MAX_METADATA_BYTES, 2))
    assert encode(Checkpoint(front=0, finished=runs)) == ""


@pytest.mark.parametrize(
    "metadata", [None, "", "gt1:", "gt1:====", "gt1:AAAA", "gt2:AAAAAAAAAA", "{}", "ä", "gt1:" + "A" * 4096]
)
def test_garbage_means_that_nothing_is_known(metadata: str | None) -> None:
    assert decode(7, metadata) == Checkpoint(front=7)


@given(st.text(max_size=200), st.binary(max_size=200))
def test_no_text_and_no_bytes_make_decoding_fail(text: str, raw: bytes) -> None:
    for metadata in (text, PREFIX + text, PREFIX + base64.b64encode(raw).decode()):
        assert decode(7, metadata) == Checkpoint(front=7)


@given(checkpoints(), st.integers(0, 4000), st.characters(codec="ascii"))
def test_a_map_with_a_wrong_character_is_not_believed(checkpoint: Checkpoint, place: int, wrong: str) -> None:
    metadata = encode(checkpoint)
    if metadata:
        place %= len(metadata)
        read = decode(checkpoint.front, metadata[:place] + wrong + metadata[place + 1 :])
        assert read in (Checkpoint(front=checkpoint.front), checkpoint)


@given(checkpoints(), st.integers(1, 1000))
def test_a_map_beside_another_offset_is_not_believed(checkpoint: Checkpoint, moved: int) -> None:
    front = checkpoint.front + moved
    assert decode(front, encode(checkpoint)) == Checkpoint(front=front)
