"""The promises, as checks over what was found. Pure: each returns what is wrong, in words without any text of a call.

"Settled" is the heart of all of them. A record of the events topic is settled when an audit record names its place, or when
something newer of its key made it superseded: an audit record of a higher version (or of the very same event), or a
document of a higher version.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from tests.chaos.facts import EVENTS, DocumentFact, EventFact, Place, Topics
from tests.chaos.traffic import Model, is_redacted

FOR_SURE_DIGITS = 13  # a shorter run of digits inside a longer word may be part of a random id
MOST_DIGITS = 19  # ISO/IEC 7812
MIB = 1024 * 1024
_NUMBER = re.compile(rb"\d[\d ().+\-]{7,}\d")
_GROUP = re.compile(rb"\d+")


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken promise: which one, and what shows it."""

    invariant: str
    evidence: str


def unsettled(topics: Topics, documents: Mapping[str, DocumentFact]) -> list[EventFact]:
    """List the events that have not reached a terminal state."""
    audited = {audit.source for audit in topics.audits}
    newest: dict[str, tuple[int, str | None]] = {}
    for audit in topics.audits:
        if audit.version is not None and audit.version >= newest.get(audit.key, (-1, None))[0]:
            newest[audit.key] = (audit.version, audit.event_id)

    def superseded(event: EventFact) -> bool:
        if event.key is None or event.version is None:
            return False
        version, event_id = newest.get(event.key, (-1, None))
        held = documents.get(event.key)
        return (
            version > event.version
            or (version == event.version and event_id == event.event_id)
            or (held is not None and held.version > event.version)
        )

    return [event for event in topics.events if event.place not in audited and not superseded(event)]


def lost_at_the_edge(accepted: Iterable[tuple[str, str | None]], topics: Topics) -> list[Violation]:
    """Find what got a 202 and does not stand on the topic; `accepted` holds the key, and the id where the source gave one."""
    ids: dict[str, set[str | None]] = defaultdict(set)
    for event in topics.events:
        if event.key is not None:
            ids[event.key].add(event.event_id)
    return [
        Violation("every 202 stands on the topic", f"{key} was accepted and is not on the topic")
        for key, event_id in accepted
        if not (event_id in ids[key] if event_id is not None else ids[key])
    ]


def terminal_states(topics: Topics, documents: Mapping[str, DocumentFact], model: Model) -> list[Violation]:
    """Hold every event to exactly one terminal state, and to the right one."""
    name = "every event ends in exactly one terminal state"
    found = [
        Violation(name, f"{event.key} at {_at(event.place)} has no outcome") for event in unsettled(topics, documents)
    ]
    outcomes: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for audit in topics.audits:
        outcomes[audit.key, audit.event_id].add(audit.outcome)
    for (key, event_id), reached in outcomes.items():
        wanted = model.outcomes.get(key, "dead_lettered" if event_id is None else None)
        if len(reached) > 1:
            found.append(Violation(name, f"{key} has several outcomes: {', '.join(sorted(reached))}"))
        elif reached != {wanted}:
            found.append(Violation(name, f"{key} is {', '.join(reached)} and should be {wanted}"))
    return found


def one_id_per_event(topics: Topics, model: Model, several: AbstractSet[str]) -> list[Violation]:
    """Hold repeated deliveries to one event id; `several` are the keys that were sent more than one event."""
    ids: dict[str, set[str | None]] = defaultdict(set)
    for event in topics.events:
        if event.key is not None and event.key in model.outcomes and event.key not in several:
            ids[event.key].add(event.event_id)
    return [
        Violation("repeated deliveries carry the same event id", f"{key} has {len(found)} ids")
        for key, found in ids.items()
        if len(found) > 1
    ]


def index_equals_model(topics: Topics, documents: Mapping[str, DocumentFact], model: Model) -> list[Violation]:
    """Compare the index with what has to be in it: keys, versions, texts; nothing else."""
    name = "the index equals the model"
    versions: dict[str, int] = {}
    for event in topics.events:
        if event.key is not None and event.version is not None and model.outcomes.get(event.key) == "indexed":
            versions[event.key] = max(event.version, versions.get(event.key, -1))
    found = [Violation(name, f"{key} is missing") for key in versions.keys() - documents.keys()]
    found += [Violation(name, f"{key} should not be there") for key in documents.keys() - versions.keys()]
    for key in versions.keys() & documents.keys():
        document = documents[key]
        if document.version != versions[key]:
            found.append(Violation(name, f"{key} has version {document.version}, not {versions[key]}"))
        if not is_redacted(key, model.calls[key], document.texts):
            found.append(Violation(name, f"{key} does not hold the redacted texts of its call"))
    return found


def audit_is_complete(topics: Topics, documents: Mapping[str, DocumentFact], model: Model) -> list[Violation]:
    """Hold audit, events, documents and dead letters to each other."""
    name = "the audit is complete and true"
    found: list[Violation] = []
    events = {event.place: event for event in topics.events}
    for audit in topics.audits:
        event = events.get(audit.source)
        fallback = audit.source.topic, str(audit.source.partition), str(audit.source.offset)
        if event is None:
            found.append(Violation(name, f"{audit.key} names {_at(audit.source)}, where nothing stands"))
        elif audit.key != audit.stated_key or (event.key is not None and audit.key != event.key):
            found.append(Violation(name, f"{audit.key} is filed under a key that is not its event's"))
        elif event.key is None and tuple(audit.key.split(":"))[1:] != fallback[1:]:
            found.append(Violation(name, f"{audit.key} is no name of the place of an unreadable record"))
        elif event.event_id != audit.event_id or event.version != audit.version:
            found.append(Violation(name, f"{audit.key} is about another event than the one at {_at(audit.source)}"))
        if audit.outcome == "indexed" and audit.key in model.calls:
            planted = len(model.calls[audit.key].planted)
            if audit.redacted < planted:
                found.append(Violation(name, f"{audit.key} counts {audit.redacted} numbers, {planted} were planted"))
    indexed = {(audit.key, audit.version) for audit in topics.audits if audit.outcome == "indexed"}
    for key, document in documents.items():
        if (key, document.version) not in indexed:
            found.append(
                Violation(name, f"{key} is in the index at version {document.version} without an audit record")
            )
    buried = {audit.source for audit in topics.audits if audit.outcome == "dead_lettered"}
    letters = {letter.source for letter in topics.dead_letters}
    found += [
        Violation(name, f"the event at {_at(place)} is buried and there is no dead letter")
        for place in buried - letters
    ]
    found += [Violation(name, f"a dead letter of {_at(place)} has no audit record") for place in letters - buried]
    return found


def commits_behind_work(
    committed: Mapping[tuple[str, int], int], topics: Topics, documents: Mapping[str, DocumentFact]
) -> list[Violation]:
    """Find offsets that passed unfinished work; `committed` was read before topics and documents were."""
    name = "no committed offset passed unfinished work"
    open_places = {event.place for event in unsettled(topics, documents)}
    tries: dict[Place, int] = defaultdict(int)
    for retry in topics.retries:
        tries[retry.source] = max(tries[retry.source], retry.attempts)
    found = [
        Violation(name, f"{_at(place)} is neither settled nor postponed, committed is {committed[place[:2]]}")
        for place in sorted(open_places)
        if place.offset < committed.get((EVENTS, place.partition), 0) and place not in tries
    ]
    found += [
        Violation(
            name,
            f"{_at(retry.place)} is neither settled nor postponed again, committed is {committed[retry.place[:2]]}",
        )
        for retry in topics.retries
        if retry.place.offset < committed.get(retry.place[:2], 0)
        and retry.source in open_places
        and tries[retry.source] <= retry.attempts
    ]
    return found


def nothing_leaked(
    evidence: Mapping[str, Iterable[bytes]], planted: AbstractSet[str], secrets: Iterable[bytes]
) -> list[Violation]:
    """Search for planted numbers, however their digits are grouped, and for secrets; no finding quotes what it found."""
    name = "no planted number and no secret anywhere"
    found: list[Violation] = []
    known = {digits.encode() for digits in planted}
    guarded = [secret for secret in secrets if secret]
    for place, parts in evidence.items():
        leaked: set[bytes] = set()
        open_secrets = 0
        for part in parts:
            leaked |= known.intersection(_numbers(part))
            open_secrets += sum(secret in part for secret in guarded)
        if leaked:
            found.append(Violation(name, f"{len(leaked)} planted numbers in the {place}"))
        if open_secrets:
            found.append(Violation(name, f"secrets in {open_secrets} parts of the {place}"))
    return found


def memory_is_bounded(peaks: Mapping[str, int], *, most_bytes: int) -> list[Violation]:
    """Hold the resident memory of every process to a bound."""
    return [
        Violation(
            "memory stays within its bound", f"{process} reached {peak / MIB:.0f} MB, {most_bytes / MIB:.0f} allowed"
        )
        for process, peak in sorted(peaks.items())
        if peak > most_bytes
    ]


def _numbers(text: bytes) -> Iterator[bytes]:
    """Yield the digits of every number that can be read in a text: groups of digits, joined in every way.

    A country code in front is yielded with and without. A single short group inside a longer word is none: ids are random.
    """
    for run in _NUMBER.finditer(text):
        groups = [
            (one.group(), run.start() + one.start(), run.start() + one.end()) for one in _GROUP.finditer(run.group())
        ]
        for first in range(len(groups)):
            digits = b""
            for group, start, end in groups[first:]:
                digits += group
                if len(digits) > MOST_DIGITS:
                    break
                alone = group == digits
                if alone and len(digits) < FOR_SURE_DIGITS and _inside_a_word(text, start, end):
                    continue
                yield digits
                if digits.startswith(b"1"):
                    yield digits[1:]


def _inside_a_word(text: bytes, start: int, end: int) -> bool:
    return text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum()


def _at(place: Place) -> str:
    return f"{place.topic}:{place.partition}:{place.offset}"
