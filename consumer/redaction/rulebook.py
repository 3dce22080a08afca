"""What one policy looks for in one set of national forms: cues, forms and the policy's own patterns."""

from consumer.redaction import locales, screen
from consumer.redaction.cues import CueBook
from consumer.redaction.ints import i64
from consumer.redaction.line import Line
from consumer.redaction.locales import Pack
from consumer.redaction.policy import Policy, compile_rule
from consumer.redaction.scene import MAX_UTTERANCE_CHARACTERS, readable
from consumer.redaction.screen import Screen
from consumer.redaction.span import Kind, Source, Span, Turn


class Rulebook:
    """Built once for a policy and a set of packs, and shared by all conversations."""

    def __init__(self, policy: Policy, packs: frozenset[Pack]) -> None:
        self.cues = CueBook(policy.cues, policy.negative_cues, packs=packs)
        self.allowed = policy.allowed_digits
        self.screen = Screen(self.cues)
        self._packs = packs
        self._american = Pack.US in packs
        self._own = [(rule.name, rule.type, compile_rule(rule.pattern)) for rule in policy.rules]

    def codes(self, turns: list[Turn]) -> list[int]:
        """Screen a whole call; where the policy has patterns of its own, every utterance has to be looked at."""
        if self._own:
            return [screen.ANYTHING] * len(turns)
        texts = [turn.text for turn in turns]
        longest: i64 = 0
        for text in texts:
            longest = max(longest, i64(len(text)))
        if longest <= MAX_UTTERANCE_CHARACTERS:
            return self.screen.codes(texts)
        codes = self.screen.codes([readable(turn) for turn in turns])
        return [
            screen.ANYTHING if len(text) > MAX_UTTERANCE_CHARACTERS else code
            for text, code in zip(texts, codes, strict=True)
        ]

    def find(self, line: Line) -> list[Span]:
        """Find what has a form of its own in one utterance."""
        found = locales.find(line.raw, line.text, self._packs) if line.checked else []
        for name, kind, pattern in self._own:
            for match in pattern.finditer(line.text):
                if match.end() > match.start():
                    found.append(Span(match.start(), match.end(), kind, f"rule.{name}", Source.CUE))
        return found

    def localised(self, spans: list[Span]) -> list[Span]:
        """Call nine digits a social security number only where there is one."""
        if not spans or self._american or not any(span.kind is Kind.SSN for span in spans):
            return spans
        return [
            Span(span.start, span.end, Kind.NUMBER, span.rule, span.source) if span.kind is Kind.SSN else span
            for span in spans
        ]
