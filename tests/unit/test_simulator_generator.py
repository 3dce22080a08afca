"""The generator: the same seed gives the same bytes, and every planted number is where a search will look for it."""

import random
import re
from itertools import pairwise
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulator.calls import real_calls
from tests.simulator.formats import quality_bytes, quality_file, sized_call, speech_file
from tests.simulator.generator import (
    Call,
    call_uuid,
    communication_of,
    generate,
    patterns,
    plant,
    seed_and_index,
    traces,
)
from tests.simulator.planted import luhn_is_right
from tests.simulator.vocabulary import say


def speech(call: Call) -> dict[str, Any]:
    return speech_file(call, communication_id=communication_of(call.id))


def phrases(call: Call) -> list[dict[str, Any]]:
    found = [phrase for one in speech(call)["transcripts"] for phrase in one["phrases"]]
    return sorted(found, key=lambda phrase: phrase["startTimeMs"])


def test_the_same_seed_gives_the_same_bytes() -> None:
    one, two = (orjson.dumps([quality_file(call), speech(call)]) for call in (generate(3, 4), generate(3, 4)))
    assert one == two
    assert one != orjson.dumps([quality_file(generate(3, 5)), speech(generate(3, 5))])


def test_every_eighth_utterance_holds_a_number_and_says_so() -> None:
    call = generate(1, 1, utterances=80)
    assert [one.utterance for one in call.planted] == list(range(3, 80, 8))
    for one in call.planted:
        assert one.utterance is not None
        assert one.written in call.turns[one.utterance].text


def test_a_planted_number_stands_in_every_place_where_the_platform_repeats_the_text() -> None:
    call = generate(5, 5, utterances=200)
    file, spoken = speech(call), phrases(call)
    analytics = orjson.dumps([one["analytics"] for one in file["transcripts"]]).decode()
    participants = orjson.dumps(file["participants"]).decode()
    for one in call.planted:
        assert one.utterance is not None
        phrase = spoken[one.utterance]
        assert one.written in phrase["text"]
        assert one.written in " ".join(word["word"] for word in phrase["words"])
        assert one.digits in phrase["alternatives"][0]["text"]
        assert one.digits in [word["word"] for word in phrase["alternatives"][0]["words"]]
        assert one.written in analytics
        assert one.written in participants
        assert "decoratedText" not in phrase or one.written in phrase["decoratedText"]


def test_a_planted_number_stands_in_both_files_as_written_and_in_bare_digits() -> None:
    call = generate(6, 6)
    for body in (orjson.dumps(quality_file(call)), orjson.dumps(speech(call))):
        assert [trace for trace in patterns(call) if trace not in body] == []


def test_what_the_contract_lets_be_missing_is_missing_somewhere() -> None:
    call = generate(7, 7, utterances=60)
    utterances = quality_file(call)["utterances"]
    assert 0 < sum("confidence" in one for one in utterances) < 60
    assert 0 < sum("speaker" in one for one in utterances) < 60
    assert 0 < sum("decoratedText" in one for one in phrases(call)) < 60
    assert {one["start"][-6:] for one in utterances} >= {"+02:00", "-07:00"}
    assert any(one["start"].endswith("Z") for one in utterances)


def test_utterances_follow_each_other_in_time() -> None:
    turns = generate(8, 8, utterances=50).turns
    assert all(one.start_ms + one.duration_ms <= two.start_ms for one, two in pairwise(turns))


@given(st.integers(0, 10_000_000))
def test_a_planted_number_is_valid_for_its_kind(seed: int) -> None:
    one = plant(random.Random(seed))
    bare = re.sub(r"\D", "", one.written)
    match one.kind:
        case "CREDIT_CARD":
            assert luhn_is_right(one.digits)
            assert bare == one.digits
        case "SSN":
            assert re.fullmatch(r"(?!000|666|9)\d{3}([ -])(?!00)\d{2}\1(?!0000)\d{4}", one.written)
            assert bare == one.digits
        case _:
            assert re.fullmatch(r"[2-9]\d{2}[2-9]\d{6}", one.digits)
            assert bare in (one.digits, f"1{one.digits}")
    assert traces(one)[0] == one.written.encode()


@given(st.integers(0, 10_000_000))
def test_small_talk_holds_no_number_long_enough_to_be_personal(seed: int) -> None:
    assert all(len(re.sub(r"\D", "", run)) <= 8 for run in re.findall(r"[\d .:()-]+", say(random.Random(seed))))


@pytest.mark.parametrize(("utterances", "target_bytes"), [(1, 5_000), (60, 27_000), (500, 200_000)])
def test_a_call_is_made_to_a_size(utterances: int, target_bytes: int) -> None:
    call = sized_call(1, 0, utterances=utterances, target_bytes=target_bytes)
    assert len(call.turns) == utterances
    assert quality_bytes(call, plain=True) == pytest.approx(target_bytes, rel=0.05)
    assert call == sized_call(1, 0, utterances=utterances, target_bytes=target_bytes)


def test_a_call_of_twenty_thousand_utterances_fits_into_a_file() -> None:
    call = generate(2, 0, utterances=20_000)
    assert len(call.turns) == 20_000
    assert len(call.planted) == 2_500
    assert quality_bytes(call, plain=False) < 64 * 1024 * 1024
    with pytest.raises(ValueError, match="20000"):
        generate(2, 0, utterances=20_001)


def test_ids_are_the_same_for_the_same_seed() -> None:
    assert call_uuid(1, 2) == call_uuid(1, 2) != call_uuid(1, 3)
    assert generate(4, 2).id == "gen-4-2"
    assert seed_and_index("gen-4-2") == (4, 2)
    assert [seed_and_index(one) for one in ("gen-4", "gen-4-x", "gen-4-2-1", "other-4-2", "gen--2")] == [None] * 5


def test_real_calls_stand_in_both_formats() -> None:
    calls = real_calls()
    assert [call.id for call in calls] == ["0002f70f7386445b", "00d676d7058c49bb", "07dd22b700514bfd"]
    for call in calls:
        assert [one["text"] for one in quality_file(call)["utterances"]] == [turn.text for turn in call.turns]
        assert [one["text"] for one in phrases(call)] == [turn.text for turn in call.turns]
