"""Every call that the simulator knows: real ones, added ones, and one for each id gen-SEED-INDEX, made when it is asked for."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from tests.simulator.calls import real_calls
from tests.simulator.formats import quality_file, sized_call, speech_file
from tests.simulator.generator import Call, communication_of, generate, seed_and_index
from tests.simulator.speaking import of_id

CACHED_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to make a call again; it takes less room than the call."""

    seed: int
    index: int
    utterances: int
    target_bytes: int | None = None

    def make(self, call_id: str) -> Call:
        """Make the call, the same one every time."""
        if self.target_bytes is None:
            return generate(self.seed, self.index, utterances=self.utterances, call_id=call_id)
        return sized_call(
            self.seed, self.index, utterances=self.utterances, target_bytes=self.target_bytes, call_id=call_id
        )


class Library:
    """Finds calls by id and renders their files, the last ones kept ready up to a size."""

    def __init__(self, *, utterances: int, target_bytes: int | None = None) -> None:
        self._utterances = utterances
        self._target_bytes = target_bytes
        self._calls: dict[str, Call | Recipe] = {call.id: call for call in real_calls()}
        self._files: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._files_bytes = 0

    def add(self, call_id: str, call: Call | Recipe) -> None:
        """Take a call in, in the place of an earlier one of this id."""
        self._calls[call_id] = call
        for form in ("quality", "speech"):
            self._files_bytes -= len(self._files.pop((form, call_id), b""))

    def recipe(self, seed: int, index: int, *, utterances: int | None = None) -> Recipe:
        """Make a recipe with this library's sizes."""
        return Recipe(
            seed=seed, index=index, utterances=utterances or self._utterances, target_bytes=self._target_bytes
        )

    def __contains__(self, call_id: str) -> bool:
        return call_id in self._calls or seed_and_index(call_id) is not None or of_id(call_id) is not None

    def __iter__(self) -> Iterator[Call]:
        for call_id in list(self._calls):
            yield self[call_id]

    def __getitem__(self, call_id: str) -> Call:
        held = self._calls.get(call_id)
        if isinstance(held, Call):
            return held
        if held is None and (spoken := of_id(call_id)) is not None:
            return spoken
        if held is None:
            if (numbers := seed_and_index(call_id)) is None:
                raise KeyError(call_id)
            held = self.recipe(*numbers)
        return held.make(call_id)

    def ids(self) -> list[str]:
        """List the ids of real and added calls."""
        return list(self._calls)

    def quality(self, call_id: str) -> bytes:
        """Render the answer of the tutorial contract; a call made to a size is nothing but the contract's fields."""
        return self._rendered("quality", call_id)

    def speech(self, call_id: str) -> bytes:
        """Render the platform's transcript file."""
        return self._rendered("speech", call_id)

    def _rendered(self, form: str, call_id: str) -> bytes:
        body = self._files.get((form, call_id))
        if body is not None:
            self._files.move_to_end((form, call_id))
            return body
        body = self._render(form, self[call_id], plain=self._is_sized(call_id))
        self._files[form, call_id] = body
        self._files_bytes += len(body)
        while self._files_bytes > CACHED_BYTES:
            self._files_bytes -= len(self._files.popitem(last=False)[1])
        return body

    def _is_sized(self, call_id: str) -> bool:
        held = self._calls.get(call_id)
        if isinstance(held, Call):
            return False
        return (self._target_bytes if held is None else held.target_bytes) is not None

    def _render(self, form: str, call: Call, *, plain: bool) -> bytes:
        if form == "quality":
            return orjson.dumps(quality_file(call, plain=plain))
        return orjson.dumps(speech_file(call, communication_id=communication_of(call.id)))
