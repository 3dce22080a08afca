"""Two people on a line: questions, answers, read-backs, corrections, numbers in pieces, and talk in between."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bench.redaction.generators.fresh import answers_numbers, talk
from tests.bench.redaction.generators.fresh.dates import Birth
from tests.bench.redaction.generators.fresh.details import DETAILS, Detail, Value
from tests.bench.redaction.generators.fresh.numbers import Digits
from tests.bench.redaction.generators.fresh.talker import Talker, agent, customer
from tests.bench.redaction.generators.script import Script, neutral
from tests.bench.redaction.generators.spoken import Pieces
from tests.bench.redaction.generators.voice import Voice

FLOWS = ("told", "told", *("asked",) * 4, "late", "doubted", "unheard", "behind", "on file", "offered")
# What an agent may have on the screen.
ON_FILE = ("phone", "address", "email", "birth", "postcode", "zip", "account")


@dataclass(slots=True, kw_only=True)
class Dialogue:
    """A call in the making."""

    voice: Voice
    script: Script
    caller: Talker
    agent: Talker
    british: bool
    labelled: bool
    said: set[str] = field(default_factory=set)

    def unsaid(self, bank: Sequence[str]) -> str:
        """Choose a phrase that this call has not heard yet, as long as there is one."""
        phrase = self.voice.phrase([one for one in self.voice.allowed(bank) if one not in self.said] or bank)
        self.said.add(phrase)
        return phrase

    def caller_says(self, template: str, **told: Pieces) -> None:
        """Let the caller say a phrase."""
        self.script.say("customer" if self.labelled else "", self.caller.fill(template, told))

    def agent_says(self, template: str, **told: Pieces) -> None:
        """Let the agent say a phrase."""
        self.script.say("agent" if self.labelled else "", self.agent.fill(template, told))

    def chat(self, exchanges: int) -> None:
        """Say a few things that mean nothing."""
        for _ in range(exchanges):
            asked, answered = self.unsaid(talk.SMALL).split(" | ")
            self.agent_says(asked)
            if self.voice.chance(0.85):
                self.caller_says(answered)

    def made(self, detail: Detail) -> Value:
        """Make what will be told, of the caller's country."""
        return (detail.make_british if self.british else detail.make)(self.voice)

    def give(self, name: str, flow: str = "", *, value: Value | None = None, read_back: float = 0.25) -> None:
        """Tell something whole. `flow` says how it comes up; the forms of the secrets say so too."""
        detail = DETAILS[name]
        value = value or self.made(detail)
        flow = flow or self.voice.one_of(*FLOWS)
        if (flow in ("behind", "offered") and not detail.what) or (flow == "on file" and name not in ON_FILE):
            flow = "asked"
        if flow in ("asked", "late", "doubted", "unheard"):
            self.ask(detail.ask)
            self._delay(flow)
        if flow == "on file":
            what = self.voice.one_of(*detail.what)
            self.agent_says(
                self.voice.phrase(talk.ON_FILE),
                x=self._told(value, flow, by=self.agent),
                what=[self.agent.sentence(what)],
            )
            self.caller_says(self.voice.phrase(talk.YES))
            return
        template = self.voice.phrase({"told": detail.tell, "behind": answers_numbers.BEHIND}.get(flow, detail.answer))
        what = self.caller.sentence(self.voice.one_of(*detail.what)) if detail.what else ""
        if flow == "offered":
            self.caller_says(self.voice.phrase(talk.OFFERS), what=[what])
            self.agent_says(self.voice.phrase(talk.TAKEN_UP))
        self.caller_says("{x}" if flow == "bare" else template, x=self._told(value, flow), what=[what])
        if flow == "unheard":
            self.agent_says(self.voice.phrase(talk.UNHEARD))
            self.caller_says(self.voice.phrase(talk.AGAIN), x=self._told(value, "repeat"))
        self._close(value, read_back)

    def ask(self, bank: Sequence[str]) -> None:
        """Ask for something; the recogniser may make two turns of one question."""
        words = self.voice.phrase(bank).split()
        if len(words) > 4 and self.voice.chance(0.08):
            at = self.voice.between(2, len(words) - 2)
            self.agent_says(" ".join(words[:at]))
            words = words[at:]
        self.agent_says(" ".join(words))

    def _delay(self, flow: str) -> None:
        if flow == "late":
            for _ in range(self.voice.between(1, 2)):
                self.stall()
        elif flow == "doubted":
            self.caller_says(self.voice.phrase(talk.RELUCTANT))
            self.agent_says(self.voice.phrase(talk.REASONS))

    def stall(self) -> None:
        """Let the caller look for it."""
        self.caller_says(self.unsaid(talk.STALLS))
        if self.voice.chance(0.7):
            self.agent_says(self.voice.phrase(talk.PATIENCE))

    def _told(self, value: Value, form: str, *, by: Talker | None = None) -> Pieces:
        return value.say(by or self.caller, self.script, form)

    def _close(self, value: Value, read_back: float) -> None:
        if self.voice.chance(read_back):
            if isinstance(value, Digits) and self.voice.chance(0.25):
                self._mistaken(value)
                return
            self.agent_says(self.voice.phrase(talk.READ_BACK), x=self._told(value, "read back", by=self.agent))
            self.caller_says(self.voice.phrase(talk.YES))
        elif self.voice.chance(0.4):
            self.agent_says(self.voice.phrase(talk.THANKS))

    def _mistaken(self, value: Digits) -> None:
        """Read a number back with one digit wrong, and have that put right."""
        groups = value.natural()
        at = self.voice.between(0, len(groups) - 1)
        where = self.voice.between(0, len(groups[at]) - 1)
        right = groups[at][where]
        wrong = str((int(right) + self.voice.between(1, 9)) % 10)
        secret = self.script.secret(value.kind, "read back with a mistake")
        pieces: Pieces = []
        for index, group in enumerate(groups):
            if index == at:
                slipped = group[:where] + wrong + group[where + 1 :]
                pieces.append(neutral(self.digits(self.agent, slipped)))
            else:
                pieces.append(secret(self.digits(self.agent, group)))
        self.agent_says(self.voice.phrase(talk.READ_BACK), x=pieces)
        put_right = self.script.secret(value.kind, "put right")
        if self.voice.chance(0.4):
            self.caller_says(
                self.voice.phrase(talk.NOT_THIS),
                x=[put_right(self.digits(self.caller, right))],
                wrong=[neutral(self.digits(self.caller, wrong))],
            )
        else:
            self.caller_says(self.voice.phrase(talk.OBJECTION), x=[put_right(self.digits(self.caller, groups[at]))])
        self.agent_says(self.voice.phrase(talk.THANKS))

    @staticmethod
    def digits(talker: Talker, group: str) -> str:
        """Tell a group in one piece."""
        return group if talker.written else talker.group(group)

    def turns_of_birth(self, value: Birth) -> None:
        """Tell a date of birth in pieces."""
        self.ask(DETAILS["birth"].ask)
        for pieces in value.turns(self.caller, self.script.secret("DATE_OF_BIRTH", "fragments")):
            self.caller_says("{x}", x=pieces)
            self.agent_says(self.voice.phrase(talk.BACKCHANNEL))


def open_dialogue(voice: Voice, *, written: bool, british: bool) -> Dialogue:
    """Draw two people and a recogniser; one call in five has no speakers."""
    decorated = voice.chance(0.65 if written else 0.35)
    return Dialogue(
        voice=voice,
        script=Script(decorated=decorated),
        caller=customer(voice, written=written, decorated=decorated, british=british),
        agent=agent(voice, written=written, decorated=decorated, british=british),
        british=british,
        labelled=voice.chance(0.8),
    )
