"""One secret on its way from a caller to an agent: told, asked for, late, corrected, read back, in pieces."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.redaction.generators.last import talk
from tests.bench.redaction.generators.last.harmless import everyday
from tests.bench.redaction.generators.last.manner import Manner, regrouped, slipped
from tests.bench.redaction.generators.last.numbers import Digits, Value
from tests.bench.redaction.generators.last.topic import Topic
from tests.bench.redaction.generators.last.words import Email
from tests.bench.redaction.generators.script import Script, neutral, stay
from tests.bench.redaction.generators.spoken import Pieces
from tests.bench.redaction.generators.voice import Voice

FLOWS = ("told", "told", "asked", "asked", "asked", "late", "after")


@dataclass(frozen=True, slots=True)
class Call:
    """A script and the two people who speak in it."""

    script: Script
    voice: Voice
    caller: Manner
    agent: Manner

    def give(self, topic: Topic, *, flow: str = "", read_back: float = 0.2) -> None:
        """Have the caller give one value whole, in one of the flows; sometimes the agent says it again."""
        value = topic.draw(self.voice)
        flow = flow or self.voice.one_of(*FLOWS)
        if flow == "after" and not topic.after:
            flow = "told"
        said = self.script.secret(topic.kind, flow)
        pieces = value(self.caller, said)
        tail = self.voice.phrase(talk.TAILS)
        if flow in ("asked", "late"):
            self._ask(topic, stalls=self.voice.between(1, 2) if flow == "late" else 0)
            lead = self.voice.phrase(talk.LEADS)
        elif flow == "told":
            lead = self.voice.phrase(topic.tell)
        else:
            lead, tail = "", self.voice.phrase(topic.after) if flow == "after" else ""
        self.script.say("customer", lead, pieces, tail)
        if self.voice.chance(read_back):
            self.read_back(topic.kind, value)

    def correct(self, topic: Topic) -> None:
        """Have the caller give a number with a wrong group and put it right, in the same turn or in the next."""
        value = topic.draw(self.voice)
        if not isinstance(value, Digits):
            raise TypeError("only digits are put right")
        groups = [*([value.lead] if value.lead else []), *value.groups]
        at = self.voice.between(0, len(groups) - 1)
        said = self.script.secret(topic.kind, "with a slip")
        right = self.script.secret(topic.kind, "put right")
        wrong = [*groups[:at], slipped(self.voice, groups[at])]
        self._ask(topic)
        again: Pieces = [self.voice.phrase(talk.OOPS), right(self.caller.digits(groups[at]))]
        rest: Pieces = self.caller.run(said, groups[at + 1 :]) if groups[at + 1 :] else []
        start: Pieces = [self.voice.phrase(talk.LEADS), *self.caller.run(said, wrong)]
        if self.voice.chance(0.5):
            self.script.say("customer", start, again, rest)
        else:
            self.script.say("customer", start)
            self._nod(0.4)
            self.script.say("customer", again, rest)

    def read_back(self, kind: str, value: Value) -> None:
        """Have the agent say it once more, grouped as an agent does; the caller agrees or puts one digit right."""
        again = self.script.secret(kind, "read back")
        if isinstance(value, Digits):
            groups = regrouped(self.voice, value.lead + value.plain)
            at = self.voice.between(0, len(groups) - 1)
            if len(groups[at]) > 1 and self.voice.chance(0.2):
                self._wrongly(kind, groups, at)
                return
            pieces = self.agent.run(again, groups)
        else:
            pieces = value(self.agent, again)
        self.script.say("agent", self.voice.phrase(talk.ECHO_BACK), pieces)
        self.script.say("customer", self.voice.phrase(talk.YES))

    def _wrongly(self, kind: str, groups: Sequence[str], at: int) -> None:
        again = self.script.secret(kind, "read back")
        digit = self.voice.between(0, len(groups[at]) - 1)
        right = groups[at][digit]
        wrong = str((int(right) + self.voice.between(1, 9)) % 10)
        heard = groups[at][:digit] + wrong + groups[at][digit + 1 :]
        self.script.say(
            "agent",
            self.voice.phrase(talk.ECHO_BACK),
            self.agent.run(again, [*groups[:at], heard, *groups[at + 1 :]]),
        )
        group = self.script.secret(kind, "put right")(self.caller.digits(groups[at]))
        form = self.voice.one_of("group", "digit", "digit")
        if form == "group":
            self.script.say("customer", self.voice.phrase(talk.OOPS), group)
            return
        fixed = self.script.secret(kind, "put right")
        no = self.voice.one_of("nah not", "you've got", "i didn't say")
        self.script.say(
            "customer",
            no,
            neutral(self.caller.digits(wrong)),
            self.voice.one_of("it's a", "i said", "should be"),
            fixed(self.caller.digits(right)),
        )

    def split(self, topic: Topic, *, cue: bool = True) -> None:
        """Have the caller give a number over several turns, with whatever comes between."""
        value = topic.draw(self.voice)
        if not isinstance(value, Digits):
            raise TypeError("only digits are split here")
        said = self.script.secret(topic.kind, "fragments")
        groups = list(value.groups) if self.voice.chance(0.6) else regrouped(self.voice, value.plain)
        if len(groups) == 1:
            groups = [groups[0][: len(groups[0]) // 2], groups[0][len(groups[0]) // 2 :]]
        if len(groups) == 2 and topic.kind == "CREDIT_CARD":
            groups = [groups[0], groups[1][:5], groups[1][5:]]
        lead = ""
        if cue and self.voice.chance(0.7):
            self._ask(topic, stalls=self.voice.one_of(0, 0, 0, 1))
            lead = self.voice.phrase(talk.LEADS)
        elif cue:
            lead = self.voice.phrase(topic.tell)
        else:
            self.script.say(*self.voice.phrase(talk.START))
        groups[0] = value.lead + groups[0]
        for at, group in enumerate(groups):
            self._fragment(topic.kind, self.caller.run(said, [group]), group, lead if at == 0 else "")
            if at + 1 < len(groups):
                self._between(topic.kind, group)
        if self.voice.chance(0.4):
            self.read_back(topic.kind, value)

    def _fragment(self, kind: str, pieces: Pieces, group: str, lead: str) -> None:
        if self.voice.chance(0.08) and len(group) > 2:
            bad = self.script.secret(kind, "with a slip")(self.caller.digits(slipped(self.voice, group)))
            self.script.say("customer", lead, bad, self.voice.phrase(talk.OOPS), pieces)
        else:
            self.script.say("customer", lead, pieces)

    def _between(self, kind: str, group: str) -> None:
        kind_of = self.voice.rng.random()
        if kind_of < 0.45:
            self._nod(1.0)
        elif kind_of < 0.6:
            self.script.say("agent", self.script.secret(kind, "read back")(self.agent.digits(group)))
        elif kind_of < 0.68:
            self.script.say("agent", self.voice.phrase(talk.AGAIN))
            repeat = self.script.secret(kind, "repeat")(self.caller.digits(group))
            self.script.say("customer", self.voice.phrase(talk.REPEATS), repeat)
        elif kind_of < 0.76:
            self.script.say("customer", stay(self.voice.phrase(talk.BREAKS)))
            self._nod(0.6)

    def split_email(self, topic: Topic) -> None:
        """Have the caller give an e-mail address in two turns, and the agent say the first half again."""
        value, said = Email(self.voice), self.script.secret(topic.kind, "fragments")
        self._ask(topic)
        self.script.say("customer", self.voice.phrase(talk.LEADS), value.front(self.caller, said))
        if self.voice.chance(0.4):
            again = self.script.secret(topic.kind, "read back")
            self.script.say("agent", self.voice.one_of("so", "okay", "that's"), value.front(self.agent, again))
        else:
            self._nod(0.8)
        at = self.voice.one_of("at", "at the rate", "and it's at", "that's at")
        self.script.say("customer", at, value.back(self.caller, said))

    def stall(self) -> None:
        """Have the caller say something else first, often with a number in it."""
        text = everyday(self.caller) if self.voice.chance(0.2) else self.voice.phrase(talk.STALLS)
        self.script.say("customer", stay(text))
        self.script.say("agent", patience) if (patience := self.voice.phrase(talk.PATIENCE)) else None

    def chat(self, turns: int) -> None:
        """Add small talk."""
        for at in range(turns):
            speaker, bank = (("agent", talk.AGENT_TALK), ("customer", talk.CALLER_TALK))[at % 2]
            first, second = self.voice.rng.sample(self.voice.allowed(bank), 2)
            link = self.voice.one_of("and", "so", "but", "yeah")
            self.script.say(speaker, f"{first} {link} {second}" if self.voice.chance(0.3) else first)

    def _ask(self, topic: Topic, *, stalls: int = 0) -> None:
        self.script.say("agent", self.voice.phrase(topic.ask))
        for _ in range(stalls):
            self.stall()

    def _nod(self, share: float) -> None:
        if self.voice.chance(share):
            self.script.say("agent", self.voice.phrase(talk.NODS))
