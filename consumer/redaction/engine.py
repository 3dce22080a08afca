"""The engine: conversations in, spans or redacted texts out. It fails closed: what cannot be decided is hidden, or raised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from consumer.redaction import lexicon as lx
from consumer.redaction import repeats, screen
from consumer.redaction.actions import Writer
from consumer.redaction.attention import Attention
from consumer.redaction.dialogue import Dialogue, Note, apart
from consumer.redaction.memory import CallMemory, KeyedMemory
from consumer.redaction.policy import Policy, PolicyError, shipped
from consumer.redaction.rulebook import Rulebook
from consumer.redaction.scene import MAX_UTTERANCE_CHARACTERS, WholeCall
from consumer.redaction.span import Kind, Span, Turn, whole
from consumer.redaction.stream import Stream
from consumer.redaction.text import RawText, RedactedText

_LONGEST_TAG = max(map(len, lx.VENDOR_TAGS))
_NAMES = {kind: kind.value for kind in Kind}
_MOST_LANGUAGES = 64  # kept; whatever a transcript says its language is


@dataclass(slots=True, kw_only=True, repr=False)
class Redacted:
    """A call after redaction: texts and spans by utterance, `counts` by type.

    `vendor` counts the tokens that Genesys' own redaction had left, such as [card number]. `reported` says that the policy left
    something as it was on purpose.
    """

    texts: list[RedactedText]
    spans: list[list[Span]]
    counts: dict[str, int] = field(default_factory=dict)
    vendor: int = 0
    reported: bool = False


class Redactor:
    """Hides personal data in the utterances of a call, as a policy asks for."""

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        token_keys: Mapping[str, bytes] | None = None,
        allow_report_only: bool = False,
    ) -> None:
        """Use a policy, the default one if none is given.

        `token_keys` are the keys of hmac_token by id. Raises PolicyError for a policy that cannot be used with these.
        """
        self.policy = policy or _default()
        self._reports = self.policy.reports_only
        if self._reports and not allow_report_only:
            raise PolicyError(
                "actions: report_only leaves personal data in the index: set REDACTION_ALLOW_REPORT_ONLY=true if that is meant"
            )
        self._writer = Writer(self.policy, token_keys or {})
        self._rulebooks = cache(lambda packs: Rulebook(self.policy, packs))
        self._by_language = lru_cache(_MOST_LANGUAGES)(lambda language: self._rulebooks(self.policy.packs(language)))
        self._by_language(None)

    @property
    def policy_hash(self) -> str:
        """Name the policy and the rules: what documents and audit records keep."""
        return self.policy.hash

    def find(self, turns: Sequence[Turn], *, language: str | None = None, note: Note | None = None) -> list[list[Span]]:
        """Find what has to be hidden: for every utterance its spans, sorted and apart from each other.

        An utterance that cannot be treated gets one span of type ERROR over all of it. `note` is told of every decision.
        """
        rulebook = self._rulebook(language)
        call: list[Turn] = list(turns)
        codes = rulebook.codes(call) if note is None else [screen.ANYTHING] * len(call)
        scene = WholeCall(call, rulebook.cues, codes)
        dialogue = _dialogue(rulebook, CallMemory(), note)
        attention = Attention(dialogue, scene, rulebook.screen, waits=True)
        found: list[list[Span]] = []
        for index, code in enumerate(codes):
            matters = code > screen.PASSIVE or dialogue.windows
            found.append(rulebook.localised(_decide(attention, index, call[index])) if matters else [])
        if dialogue.remembers:
            for index, code in enumerate(codes):
                if (
                    code >= screen.REPEATS
                    and attention.repeats(index)
                    and (again := dialogue.repeats(scene.line(index), found[index]))
                ):
                    found[index] = apart([*found[index], *again])
        for index, said in repeats.again(scene, found):
            found[index] = apart([*found[index], *said])
        return found

    def redact(self, turns: Sequence[Turn], *, language: str | None = None) -> Redacted:
        """Redact a call; `language` (BCP 47) chooses the national forms."""
        found = self.find(turns, language=language)
        texts: list[RedactedText] = []
        counts: dict[str, int] = {}
        vendor = 0
        for turn, spans in zip(turns, found, strict=True):
            texts.append(self._writer.write(turn.text, spans))
            for span in spans:
                kind = _NAMES[span.kind]
                counts[kind] = counts.get(kind, 0) + 1
            if "[" in turn.text:
                vendor += _vendor_tags(turn.text)
        return Redacted(texts=texts, spans=found, counts=counts, vendor=vendor, reported=self._reports)

    def write(self, text: RawText, spans: Sequence[Span]) -> RedactedText:
        """Write an utterance without what its spans hold, as the policy asks for."""
        return self._writer.write(text, spans)

    def redact_label(self, label: RawText) -> RedactedText:
        """Redact a short label such as a speaker's name; letters alone cannot hold a number."""
        return RedactedText(label) if label.isalpha() else self.redact([Turn(label)]).texts[0]

    def stream(self, memory_key: bytes, *, language: str | None = None) -> Stream:
        """Open a conversation; `memory_key` is random (16 to 64 bytes) and keeps the numbers that it remembers unreadable."""
        rulebook = self._rulebook(language)

        def decide(attention: Attention, index: int, turn: Turn) -> list[Span]:
            return rulebook.localised(_decide(attention, index, turn))

        return Stream(rulebook, _dialogue(rulebook, KeyedMemory(memory_key), None), decide)

    def _rulebook(self, language: str | None) -> Rulebook:
        return self._by_language(language)


def _dialogue(rulebook: Rulebook, memory: CallMemory | KeyedMemory, note: Note | None) -> Dialogue:
    return Dialogue(memory, rules=rulebook.find, allowed=rulebook.allowed, note=note)


def _decide(attention: Attention, index: int, turn: Turn) -> list[Span]:
    if len(turn.text) > MAX_UTTERANCE_CHARACTERS:
        return [whole(turn, "error.too_long")]
    try:
        return attention.decide(index)
    except Exception:  # noqa: BLE001 - whatever is wrong with an utterance, its text must not get out
        return [whole(turn, "error.internal")]


def _vendor_tags(text: str) -> int:
    count, at = 0, text.find("[")
    while at >= 0:
        end = text.find("]", at, at + _LONGEST_TAG)
        count += text[at : end + 1].lower() in lx.VENDOR_TAGS
        at = text.find("[", at + 1)
    return count


@cache
def _default() -> Policy:
    return shipped("default")
