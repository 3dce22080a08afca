"""Letters said one by one, and the codes made of letters and digits: postcodes, IBANs, National Insurance numbers, IP addresses."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.redaction.generators import values
from tests.bench.redaction.generators.fresh.people import CODE_WORDS
from tests.bench.redaction.generators.fresh.talker import Talker
from tests.bench.redaction.generators.script import Piece, Script, neutral
from tests.bench.redaction.generators.spoken import Pieces
from tests.bench.redaction.generators.voice import Voice


def spelled(talker: Talker, word: str) -> str:
    """Spell a word, letter by letter, with or without words that stand for letters."""
    voice = talker.voice
    letters = [letter for letter in word if letter.isalpha()]
    if talker.decorated:
        letters = [letter.upper() for letter in letters]
    habit = voice.one_of(
        "bare", "bare", "bare", "hyphens" if talker.written else "bare", "doubles", "code", "some code"
    )
    if habit == "hyphens":
        return "-".join(letters)
    if habit == "bare":
        return " ".join(letters)
    if habit == "doubles":
        return _doubled(letters)
    link = voice.one_of("for", "as in", "like")
    share = 1.0 if habit == "code" else 0.3
    return " ".join(
        f"{letter} {link} {voice.one_of(*CODE_WORDS[letter.lower()].split())}" if voice.chance(share) else letter
        for letter in letters
    )


def _doubled(letters: list[str]) -> str:
    said: list[str] = []
    at = 0
    while at < len(letters):
        if letters[at : at + 2] == [letters[at]] * 2:
            said.append(f"double {letters[at]}")
            at += 2
        else:
            said.append(letters[at])
            at += 1
    return " ".join(said)


@dataclass(frozen=True, slots=True)
class Code:
    """A code of letters and digits, in the groups people say it in."""

    kind: str
    groups: tuple[str, ...]
    joints: tuple[str, ...] = (" ", " ", "")

    def say(self, talker: Talker, script: Script, form: str) -> Pieces:
        """Tell it whole."""
        secret = script.secret(self.kind, form)
        if talker.written and talker.voice.chance(0.8):
            text = talker.voice.one_of(*self.joints).join(self.groups)
            return [secret(text if talker.decorated or talker.voice.chance(0.5) else text.lower())]
        link = talker.voice.one_of("for", "as in") if talker.voice.chance(0.25) else ""
        return [secret(self._aloud(talker, group, link)) for group in self.groups]

    def _aloud(self, talker: Talker, group: str, link: str) -> str:
        said = []
        for one in group:
            if one.isdigit():
                said.append(one if talker.written else talker.digit(one))
            else:
                letter = one if talker.decorated else one.lower()
                word = talker.voice.one_of(*CODE_WORDS[one.lower()].split())
                said.append(f"{letter} {link} {word}" if link else letter)
        return " ".join(said)


def postcode(voice: Voice) -> Code:
    """Make a British postcode."""
    return Code("POSTAL_CODE", tuple(values.uk_postcode(voice).split()))


def iban(voice: Voice) -> Code:
    """Make an IBAN."""
    text = values.iban(voice)
    return Code("IBAN", tuple(text[at : at + 4] for at in range(0, len(text), 4)))


def nino(voice: Voice) -> Code:
    """Make a National Insurance number."""
    letters = voice.one_of(*"ABCEGHJKLMNPRSTWXYZ") + voice.one_of(*"ABCEGHJKLMPRSTWXYZ")
    pairs = [voice.digits(2) for _ in range(3)]
    return Code("NATIONAL_ID", (letters, *pairs, voice.one_of(*"ABCD")))


@dataclass(frozen=True, slots=True)
class Network:
    """An IPv4 address."""

    octets: tuple[str, ...]

    def say(self, talker: Talker, script: Script, form: str) -> Pieces:
        """Tell it whole."""
        secret = script.secret("IP_ADDRESS", form)
        if talker.written and talker.voice.chance(0.7):
            return [secret(".".join(self.octets))]
        each: Callable[[str], str] = str if talker.written else talker.group
        return joined([secret(each(octet)) for octet in self.octets], "dot")


def network(voice: Voice) -> Network:
    """Make an IPv4 address."""
    return Network(tuple(values.ipv4(voice).split(".")))


def joined(pieces: list[Piece], link: str) -> Pieces:
    """Put a word between pieces; it may be hidden or not."""
    out: Pieces = [pieces[0]]
    for piece in pieces[1:]:
        out += [neutral(link), piece]
    return out
