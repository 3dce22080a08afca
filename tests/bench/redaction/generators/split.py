"""Numbers that take several turns: with backchannels, read-backs, repeats, corrections and misheard words between and inside."""

from tests.bench.redaction.generators import values
from tests.bench.redaction.generators.one_utterance import email, spoken_domain, spoken_local
from tests.bench.redaction.generators.phrases import (
    AGREE,
    ASK_AGAIN,
    ASK_CARD,
    ASK_PHONE,
    ASK_SSN,
    BACKCHANNELS,
    CORRECTIONS,
    LEADS,
    READ_BACK,
)
from tests.bench.redaction.generators.script import Script, Secret, neutral
from tests.bench.redaction.generators.spoken import FILLERS, Pieces, Speaker, any_groups, grouped, half_written
from tests.bench.redaction.generators.voice import Voice
from tests.bench.redaction.items import Item

ASK_ACCOUNT = (
    "what account number is this about",
    "can i get your account number",
    "please read me the account number from the bottom of the check",
    "and the bank account you'd like the refund to go to",
    "which account number should we use",
    "tell me your checking account number",
    "could you give me the account number",
)
ASK_EMAIL = (
    "what's a good e mail for you",
    "can you spell your email address for me",
    "which e mail address should i send it to",
    "and the email on the account",
    "could i have your e mail",
    "please confirm your email address",
)
ASK = {
    "CREDIT_CARD": ASK_CARD,
    "SSN": ASK_SSN,
    "PHONE": ASK_PHONE,
    "BANK_ACCOUNT": ASK_ACCOUNT,
    "EMAIL": ASK_EMAIL,
}
SELF_CUE = {
    "CREDIT_CARD": ("my card number is", "so the card i'm holding is", "the credit card number is", "okay card number"),
    "SSN": ("my social is", "so my social security number starts with", "my social security number is", "the s s n is"),
    "PHONE": ("my phone number is", "call me on", "my cell phone is", "the number to call is"),
    "BANK_ACCOUNT": ("my account number is", "the bank account is", "the account number reads", "account number"),
}
ASIDES = (
    "hang on let me turn it over",
    "sorry my dog is barking",
    "one moment please",
    "let me find my glasses",
    "the print is so small on these",
    "are you still there",
    "hold on it's worn off a bit",
    "sorry someone's at the door",
    "okay where was i",
    "can you hear me alright",
    "my battery is about to die",
    "it's in my other wallet",
)
NEXT = (
    "and the next four",
    "and then",
    "what comes after that",
    "and the rest",
    "keep going",
    "and the last part",
    "next ones please",
    "the remaining digits",
)
MEANWHILE = (
    "sorry what was your name again",
    "and whose name is on that",
    "before you go on can i get your full name",
    "hold on who am i speaking with",
    "one second what's the name on the account",
    "apologies i need your first and last name for this screen",
)
BACK_TO_IT = (
    "thanks go on",
    "okay where were we",
    "right carry on please",
    "and the rest of it",
    "sorry about that continue",
    "perfect you can go ahead now",
)
NOT_YET = ("are you ready", "do you have a pen", "ready", "can i go ahead", "tell me when you're ready")
OPENINGS = (
    ("agent", "thanks for calling how can i help"),
    ("customer", "hi i have a question about my last bill"),
    ("customer", "i'd like to make a payment"),
    ("agent", "sure i can help you with that"),
    ("customer", "i've been on hold for ages"),
    ("agent", "sorry about the wait"),
    ("customer", "i need to update some details"),
    ("agent", "let me pull that up for you"),
)
ENDINGS = (
    ("agent", "thank you that's all set"),
    ("agent", "okay give me a second while this loads"),
    ("customer", "thanks so much"),
    ("agent", "perfect i have everything i need"),
    ("agent", "is there anything else today"),
)


def cued_spoken(name: str, voice: Voice) -> Item:
    """Make a number over several turns in words, announced by a question or by the caller."""
    return _call(name, voice, cue=True, written=False)


def cued_written(name: str, voice: Voice) -> Item:
    """Make the same as a recogniser writes it in digits."""
    return _call(name, voice, cue=True, written=True)


def uncued_spoken(name: str, voice: Voice) -> Item:
    """Make a number over several turns in words; nobody says what kind of number it is."""
    return _call(name, voice, cue=False, written=False)


def uncued_written(name: str, voice: Voice) -> Item:
    """Make the same as a recogniser writes it in digits."""
    return _call(name, voice, cue=False, written=True)


def spelled_email(name: str, voice: Voice) -> Item:
    """Make an e-mail address that is given in two or three turns."""
    script = Script()
    add_email(voice, script)
    return script.item(name)


def _call(name: str, voice: Voice, *, cue: bool, written: bool) -> Item:
    script = Script(decorated=written and voice.chance(0.6))
    for speaker, text in _some(voice, OPENINGS):
        script.say(speaker, text)
    kind = voice.one_of("CREDIT_CARD", "CREDIT_CARD", "PHONE", "PHONE", "SSN", *(["BANK_ACCOUNT"] if cue else []))
    Exchange(voice, script, kind, cue=cue, written=written).run()
    for speaker, text in _some(voice, ENDINGS):
        script.say(speaker, text)
    return script.item(name)


def _some(voice: Voice, bank: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [voice.phrase(bank) for _ in range(voice.between(0, 2))]


class Exchange:
    """One number on its way from the caller to the agent."""

    def __init__(self, voice: Voice, script: Script, kind: str, *, cue: bool, written: bool) -> None:
        """Choose the number, its fragments, and how these two speak; nothing is said yet."""
        self.voice, self.script, self.kind, self.cue, self.written = voice, script, kind, cue, written
        self.digits, self.fragments = _number(voice, kind)
        self.said = script.secret(kind, "fragments")
        self.caller = Speaker(voice, fillers=voice.one_of(0.0, 0.15, 0.3), homophones=voice.one_of(0.0, 0.0, 0.15))
        self.agent = Speaker(voice)

    def run(self) -> None:
        """Say it all: cue, fragments with what comes between, read-back."""
        echo = self.voice.one_of("", "", "backchannel", "backchannel", "echo")
        announced = ""
        if self.cue and self.voice.chance(0.75):
            self.script.say("agent", self.voice.phrase(ASK[self.kind]))
        elif self.cue:
            announced = self.voice.phrase(SELF_CUE[self.kind])
        if self.voice.chance(0.15):
            self.script.say("customer", self.voice.phrase(NOT_YET))
            self.script.say("agent", self.voice.one_of("yes", "go ahead", "ready", "sure"))
        wrong = self.voice.between(0, len(self.fragments) - 1) if self.voice.chance(0.2) else -1
        for at, fragment in enumerate(self.fragments):
            first = announced or (self.voice.phrase(LEADS) if self.voice.chance(0.4) else "")
            self._fragment(fragment, first if at == 0 else "", wrong=at == wrong)
            if at + 1 < len(self.fragments):
                self._between(fragment, echo)
        self._after()

    def _fragment(self, fragment: str, lead: str, *, wrong: bool) -> None:
        if wrong:
            self.script.say("customer", lead, self._pieces(_one_off(self.voice, fragment), self.said, self.caller))
            secret = self.script.secret(self.kind, "corrected group")
            self.script.say("customer", self.voice.phrase(CORRECTIONS), self._pieces(fragment, secret, self.caller))
            return
        pieces = self._pieces(fragment, self.said, self.caller)
        if self.voice.chance(0.15) and len(fragment) > 2:
            half = len(fragment) // 2
            pieces = [
                *self._pieces(fragment[:half], self.said, self.caller),
                self.voice.phrase(FILLERS),
                *self._pieces(fragment[half:], self.said, self.caller),
            ]
        self.script.say("customer", lead, pieces)

    def _between(self, fragment: str, echo: str) -> None:
        if echo == "echo" and self.voice.chance(0.8):
            self.script.say("agent", self._pieces(fragment, self.script.secret(self.kind, "read-back"), self.agent))
        elif echo and self.voice.chance(0.8):
            self.script.say(
                "agent", self.voice.phrase(BACKCHANNELS if self.voice.chance(0.75) else NEXT if self.cue else NEXT[:-1])
            )
        if self.voice.chance(0.1):
            self.script.say("customer", self.voice.phrase(ASIDES))
        if self.cue and self.voice.chance(0.06):
            self._interrupt()
        if self.voice.chance(0.1):
            self.script.say("agent", self.voice.phrase(ASK_AGAIN[:-2]))
            repeat = self._pieces(fragment, self.script.secret(self.kind, "repeat"), self.caller)
            self.script.say("customer", self.voice.one_of("", "i said", "sure", "that was"), repeat)

    def _interrupt(self) -> None:
        """Ask for something else in the middle, and come back to the number."""
        self.script.say("agent", self.voice.phrase(MEANWHILE))
        name = self.script.secret("PERSON_NAME", "meanwhile")
        first, last = self.voice.phrase(values.FIRST_NAMES), self.voice.phrase(values.LAST_NAMES)
        said = f"{first} {last}"
        self.script.say("customer", name(values.title(said) if self.script.decorated else said))
        self.script.say("agent", self.voice.phrase(BACK_TO_IT))

    def _after(self) -> None:
        kind = self.voice.one_of("", "", "whole", "whole", "wrong digit", "ends in", "caller ends in")
        if kind == "whole":
            secret = self.script.secret(self.kind, "read-back")
            fragments = any_groups(self.voice, self.digits) if self.voice.chance(0.5) else self.fragments
            back = [piece for group in fragments for piece in self._pieces(group, secret, self.agent)]
            self.script.say("agent", self.voice.phrase(READ_BACK), back)
            self.script.say("customer", self.voice.phrase(AGREE))
        elif kind == "wrong digit":
            self._wrong_digit()
        elif kind:
            ending = self._pieces(self.digits[-4:], self.script.secret(self.kind, kind), self.agent)
            if kind == "ends in":
                self.script.say(
                    "agent", self.voice.one_of("so that ends in", "the one ending", "okay ending in"), ending
                )
                self.script.say("customer", self.voice.phrase(AGREE))
            else:
                start = self.voice.one_of("scratch that it ends in", "sorry the end is", "no wait the last four are")
                self.script.say("customer", start, ending)

    def _wrong_digit(self) -> None:
        """Read the last group back with a wrong digit, and have it put right: "no, seven not nine"."""
        last = self.fragments[-1]
        at = self.voice.between(0, len(last) - 1)
        other = str((int(last[at]) + self.voice.between(1, 9)) % 10)
        back = self._pieces(last[:at] + other + last[at + 1 :], self.script.secret(self.kind, "read-back"), self.agent)
        self.script.say("agent", self.voice.phrase(READ_BACK), back)
        secret = self.script.secret(self.kind, "corrected digit")
        right, wrong = (secret(self._one(last[at])), self._one(other))
        if self.voice.chance(0.5):
            self.script.say("customer", self.voice.one_of("no", "no sorry", "not quite"), right, "not", neutral(wrong))
        else:
            self.script.say("customer", self.voice.one_of("that should be a", "no it's a", "almost it's"), right)
        if self.voice.chance(0.5):
            again = self._pieces(last, self.script.secret(self.kind, "read-back"), self.agent)
            self.script.say("agent", self.voice.one_of("okay", "my apologies", "got it so"), again)

    def _one(self, digit: str) -> str:
        return digit if self.written else Speaker(self.voice, style="single").say(digit)

    def _pieces(self, digits: str, secret: Secret, speaker: Speaker) -> Pieces:
        if not self.written:
            return [secret(speaker.say(digits))]
        if self.voice.chance(0.1):
            return [secret(" ".join(digits))]
        return half_written(self.voice, secret, [digits]) if self.voice.chance(0.08) else [secret(digits)]


def add_email(voice: Voice, script: Script) -> None:
    """Ask for an e-mail address and have it given over two or three turns."""
    secret = script.secret("EMAIL", "fragments")
    local, domain = email(voice).split("@")
    words = spoken_local(voice, local).split(" ")
    script.say("agent", voice.phrase(ASK_EMAIL))
    if len(words) > 3 and voice.chance(0.5):
        half = len(words) // 2
        while half < len(words) - 1 and {"as", "in", "for"} & {words[half - 1], words[half]}:
            half += 1
        script.say("customer", voice.phrase(LEADS), secret(" ".join(words[:half])))
        script.say("agent", voice.phrase(BACKCHANNELS))
        script.say("customer", secret(" ".join(words[half:])))
    else:
        script.say("customer", voice.phrase(LEADS), secret(" ".join(words)))
    if voice.chance(0.6):
        script.say("agent", voice.one_of("okay", "at", "got it and at", "mm hmm"))
    script.say("customer", voice.one_of("at", "and then at", "that's at"), secret(spoken_domain(voice, domain)))


def _number(voice: Voice, kind: str) -> tuple[str, list[str]]:
    if kind == "BANK_ACCOUNT":
        digits = voice.digits(voice.between(8, 12))
        return digits, any_groups(voice, digits)
    if kind == "PHONE" and voice.chance(0.3):
        number = values.foreign_phone(voice, national=True)
    else:
        number = {"CREDIT_CARD": values.card, "SSN": values.ssn, "PHONE": values.us_phone}[kind](voice)
    groups = grouped(number.digits, number.sizes) if voice.chance(0.65) else any_groups(voice, number.digits)
    while len(groups) > 2 and voice.chance(0.25):
        at = voice.between(0, len(groups) - 2)
        groups[at : at + 2] = [groups[at] + groups[at + 1]]
    return number.digits, groups


def _one_off(voice: Voice, digits: str) -> str:
    at = voice.between(0, len(digits) - 1)
    return digits[:at] + str((int(digits[at]) + voice.between(1, 9)) % 10) + digits[at + 1 :]
