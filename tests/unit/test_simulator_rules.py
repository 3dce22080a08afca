"""The simulator's own rules, without a socket: faults wear off, quotas count, links expire, jobs are checked."""

from typing import Any

import msgspec
import orjson
import pytest

from tests.simulator.access import Links, Tokens
from tests.simulator.bench import Answers
from tests.simulator.faults import Fault, Faults, next_status, use
from tests.simulator.jobs import problem_of
from tests.simulator.library import Library, Recipe
from tests.simulator.state import Busiest, SimulatorConfig

JOB: dict[str, Any] = {
    "mediaId": "m-1",
    "language": "en-US",
    "profanityFilter": "on",
    "diarization": True,
    "languageModel": "default",
    "customVocabularyIds": [],
}


def tokens(allowed: int = 3) -> Tokens:
    return Tokens({"one": "secret", "two": "other"}, 100.0, allowed)


def test_a_sequence_of_statuses_is_told_one_by_one_and_the_last_one_stays() -> None:
    fault = Fault(not_ready=1, statuses=["queued", "failed"])
    assert [next_status(fault) for _ in range(4)] == ["processing", "queued", "failed", "failed"]
    assert next_status(Fault()) == next_status(None) == "completed"


def test_a_fault_wears_off() -> None:
    fault = Fault(times=2)
    assert [use(fault) for _ in range(3)] == [True, True, False]
    assert not use(None)


def test_a_fault_for_one_id_goes_before_one_for_all() -> None:
    faults = Faults()
    faults.add(Fault(status=500))
    faults.add(Fault(id="a", status=429))
    found = [faults.of("transcript", "a"), faults.of("transcript", "b"), faults.of("link", "b")]
    assert [one and one.status for one in found] == [429, 500, None]
    faults.clear()
    assert faults.of("transcript", "a") is None


def test_a_fault_for_each_wears_off_for_every_id_on_its_own() -> None:
    faults = Faults()
    faults.add(Fault(not_ready=1, each=True))
    for call in ("a", "b"):
        assert [next_status(faults.of("transcript", call)) for _ in range(2)] == ["processing", "completed"]


def test_an_unknown_field_of_a_fault_is_refused_by_name() -> None:
    with pytest.raises(msgspec.ValidationError, match="retry_afer"):
        msgspec.json.decode(b'{"status": 429, "retry_afer": 1}', type=Fault)


def test_a_token_is_its_clients_until_it_expires() -> None:
    held = tokens()
    token = held.grant("one", "secret", 0.0)
    assert token is not None
    assert [held.client_of(token, now) for now in (99.9, 100.0)] == ["one", None]
    assert [held.grant(*one, 0.0) for one in (("one", "other"), ("nobody", ""), ("nobody", "x"))] == [None] * 3
    held.revoke_all()
    assert held.client_of(token, 1.0) is None


def test_a_quota_counts_per_token_and_starts_again_after_a_minute() -> None:
    held = tokens(allowed=2)
    one, two = held.grant("one", "secret", 0.0), held.grant("two", "other", 0.0)
    assert one is not None
    assert two is not None
    assert [held.count(one, now).exceeded for now in (1.0, 2.0, 3.0)] == [False, False, True]
    assert held.count(one, 4.5).reset_seconds == 57
    assert held.count(two, 5.0).count == 1
    assert held.count(one, 61.0).count == 1


def test_a_link_is_good_for_its_path_until_it_expires() -> None:
    links = Links(key=b"k")
    expires, signature = (part.split("=")[1] for part in links.query("/files/a/b", 1000.0).split("&"))
    assert links.valid("/files/a/b", expires, signature, 999.0)
    assert not links.valid("/files/a/b", expires, signature, 1000.0)
    assert not links.valid("/files/a/c", expires, signature, 999.0)
    assert not links.valid("/files/a/b", "9999.000", signature, 999.0)
    assert not links.valid("/files/a/b", "", "", 999.0)


def test_a_right_job_is_taken() -> None:
    assert problem_of(JOB) is None


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"mediaId": None}, "mediaId", "invalid.field"),
        ({"mediaId": "bad-media"}, "mediaId", "invalid.media"),
        ({"mediaId": ""}, "mediaId", "invalid.media"),
        ({"language": "english please"}, "language", "invalid.field"),
        ({"profanityFilter": "maybe"}, "profanityFilter", "invalid.field"),
        ({"diarization": "true"}, "diarization", "invalid.field"),
        ({"languageModel": 1}, "languageModel", "invalid.field"),
        ({"customVocabularyIds": [1]}, "customVocabularyIds", "invalid.field"),
        ({"speed": 2}, "speed", "invalid.field"),
    ],
)
def test_a_wrong_job_is_refused_by_the_name_of_its_field(change: dict[str, Any], field: str, code: str) -> None:
    problem = problem_of(JOB | change)
    assert problem is not None
    assert (problem.field, problem.code) == (field, code)


def test_a_library_has_a_call_for_every_generated_id() -> None:
    library = Library(utterances=4)
    assert "gen-1-999999" in library
    assert "nobody" not in library
    assert len(orjson.loads(library.quality("gen-1-999999"))["utterances"]) == 4
    assert library.quality("gen-1-7") is library.quality("gen-1-7")
    with pytest.raises(KeyError):
        library["nobody"]


def test_an_added_call_takes_the_place_of_what_was_rendered() -> None:
    library = Library(utterances=4)
    library.quality("gen-1-1")
    library.add("gen-1-1", Recipe(seed=1, index=1, utterances=60, target_bytes=27_000))
    assert len(library.quality("gen-1-1")) == pytest.approx(27_000, rel=0.05)
    assert "words" not in orjson.loads(library.quality("gen-1-1"))["utterances"][0]


def test_the_busiest_minute_is_remembered() -> None:
    busiest = Busiest()
    for now in (0.0, 1.0, 2.0, 61.5, 62.5):
        busiest.count(now)
    assert busiest.most == 3


def test_the_bench_body_differs_in_its_id_only() -> None:
    answers = Answers(SimulatorConfig(utterances=60, latency=0.05))
    bodies = []
    for call in ("a", "bbb"):
        response, wait = answers.of("GET", f"/api/v2/quality/transcriptions/{call}")
        head, body = response.split(b"\r\n\r\n", 1)
        assert f"Content-Length: {len(body)}".encode() in head
        assert wait == 0.05
        bodies.append(orjson.loads(body))
    assert [body.pop("id") for body in bodies] == ["a", "bbb"]
    assert bodies[0] == bodies[1]
    assert answers.requests["transcript"] == 2
