"""Names, addresses, e-mail addresses and passwords, and how they are told."""

from dataclasses import dataclass

from tests.bench.redaction.generators.fresh import people
from tests.bench.redaction.generators.fresh.letters import Code, joined, postcode, spelled
from tests.bench.redaction.generators.fresh.numbers import Digits, zip_code
from tests.bench.redaction.generators.fresh.talker import Talker, count
from tests.bench.redaction.generators.script import Piece, Script, Secret, neutral
from tests.bench.redaction.generators.spoken import Pieces
from tests.bench.redaction.generators.values import title
from tests.bench.redaction.generators.voice import Voice


def cased(talker: Talker, name: str) -> str:
    """Write a name with capitals where the recogniser does."""
    return title(name) if talker.decorated else name


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody's name, and how much of it is told. `before` is a title, which is no secret."""

    first: str
    told: str
    before: str = ""
    spelling: str = ""

    def say(self, talker: Talker, script: Script, form: str) -> Pieces:
        """Tell it, with the last name spelled behind it or not."""
        pieces: Pieces = [cased(talker, self.before), script.secret("PERSON_NAME", form)(cased(talker, self.told))]
        if self.spelling:
            letters = script.secret("PERSON_NAME", "spelled")(spelled(talker, self.spelling))
            pieces += ["," if talker.decorated else "that's", letters]
        return pieces


def name(voice: Voice) -> Name:
    """Make a name: in full, in part, with a title, with an initial, with its spelling."""
    first, last = voice.phrase(people.FIRST), voice.phrase(people.LAST)
    match voice.one_of("full", "full", "full", "full", "first", "last", "titled", "initial", "spelled"):
        case "first":
            return Name(first, first)
        case "last":
            return Name("", last)
        case "titled":
            return Name("", last, before=voice.one_of("mister", "missus", "miss", "doctor"))
        case "initial":
            return Name(first, f"{first} {voice.one_of(*'abcdefghjklmrstw')} {last}")
        case "spelled":
            return Name(first, f"{first} {last}", spelling=last)
    return Name(first, f"{first} {last}")


@dataclass(frozen=True, slots=True)
class Surname:
    """A last name that is told letter by letter, with or without saying it first."""

    last: str

    def say(self, talker: Talker, script: Script, form: str) -> Pieces:
        """Spell it."""
        letters = script.secret("PERSON_NAME", form)(spelled(talker, self.last))
        if talker.voice.chance(0.5):
            return [letters]
        said = script.secret("PERSON_NAME", "before its spelling")(cased(talker, self.last))
        return [said, "," if talker.decorated else "", letters]


@dataclass(frozen=True, slots=True)
class Address:
    """A house; the town is neutral, the postal code a secret of its own. Either may be left out."""

    number: int
    street: str
    unit: str
    town: str
    code: Code | Digits | None
    british: bool

    def say(self, talker: Talker, script: Script, form: str) -> Pieces:
        """Tell the house and the street, and perhaps the flat, the town and the postal code."""
        voice = talker.voice
        secret = script.secret("ADDRESS", form)
        comma = "," if talker.decorated else ""
        flat: Pieces = []
        if self.unit:
            unit = self.unit if talker.written else " ".join(_unit_aloud(self.unit))
            noun = (
                voice.one_of("flat", "unit") if self.british else voice.one_of("apartment", "unit", "apartment number")
            )
            flat = [neutral(cased(talker, noun) if talker.decorated else noun), secret(unit), comma]
        number = str(self.number) if talker.written else self._number_aloud(talker)
        house: Pieces = [secret(f"{number} {cased(talker, self.street)}"), comma]
        pieces = flat + house if self.british else house + flat
        if self.town:
            pieces += [neutral(cased(talker, self.town)), comma]
        if self.code:
            pieces += self.code.say(talker, script, "beside an address")
        while pieces and pieces[-1] in (",", ""):
            pieces.pop()
        return pieces

    def _number_aloud(self, talker: Talker) -> str:
        digits = str(self.number)
        if self.number < 100:
            return count(self.number)
        if self.british and len(digits) == 3 and not digits.endswith("00") and talker.voice.chance(0.4):
            return f"{talker.voice.one_of('a', count(self.number // 100))} hundred and {count(self.number % 100)}"
        if talker.voice.chance(0.3):
            return " ".join(talker.digit(digit) for digit in digits)
        head = "" if len(digits) % 2 == 0 else talker.digit(digits[0])
        rest = digits if not head else digits[1:]
        if rest == "00":
            return f"{head} hundred"
        return " ".join([*([head] if head else []), *(talker.two(rest[at : at + 2]) for at in range(0, len(rest), 2))])


def _unit_aloud(unit: str) -> list[str]:
    digits = "".join(one for one in unit if one.isdigit())
    return [count(int(digits)), *(one for one in unit if one.isalpha())]


def address(voice: Voice, *, british: bool) -> Address:
    """Make an address of one country."""
    return Address(
        voice.between(1, 190) if british else voice.one_of(voice.between(3, 99), voice.between(100, 9899)),
        voice.phrase(people.UK_STREETS if british else people.US_STREETS),
        voice.one_of("", "", "", str(voice.between(1, 40)), f"{voice.between(1, 9)}{voice.one_of(*'abcd')}"),
        voice.one_of("", voice.phrase(people.UK_TOWNS if british else people.US_TOWNS)),
        (postcode(voice) if british else zip_code(voice)) if voice.chance(0.4) else None,
        british,
    )


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address: words, separators and digits before the at, a host behind it."""

    local: tuple[str, ...]
    host: str

    def say(self, talker: Talker, script: Script, form: str) -> Pieces:
        """Tell it whole."""
        secret = script.secret("EMAIL", form)
        name = "".join(self.local).replace("+", "")
        habit = talker.voice.one_of("solid", "solid", "half", "aloud") if talker.written else "aloud"
        if habit == "solid":
            return [secret(f"{name}@{self.host}")]
        if habit == "half":
            return [secret(name), neutral("at"), secret(self.host)]
        before, behind = self.halves(talker, secret)
        return [*before, *behind]

    def halves(self, talker: Talker, secret: Secret) -> tuple[Pieces, Pieces]:
        """Tell what stands before the at, and the rest; words for signs may be hidden or not."""
        before: Pieces = []
        for token in self.local:
            before.append(self._token(talker, secret, token))
        labels = [secret(label) for label in self.host.replace("-", " ").split(".")]
        return before, [neutral(talker.voice.one_of("at", "at", "at", "at sign")), *joined(labels, "dot")]

    def _token(self, talker: Talker, secret: Secret, token: str) -> Piece:
        voice = talker.voice
        if token in "._-":
            dash = voice.one_of("dash", "hyphen")
            return neutral({".": "dot", "_": "underscore", "-": dash}[token])
        if token.isdigit():
            return secret(token if talker.written else talker.group(token))
        if voice.chance(0.2):
            return secret(spelled(talker, token.replace("+", "")))
        return secret(token.replace("+", voice.one_of("", " ")))


def email(voice: Voice) -> Email:
    """Make an e-mail address."""
    first, handle = voice.phrase(people.FIRST), voice.phrase(people.HANDLES)
    last = voice.phrase(people.LAST).replace("'", "")
    tail = voice.one_of(voice.digits(2), voice.digits(3), str(voice.between(1950, 2009)))
    local = voice.one_of(
        (first, ".", last),
        (first, "_", last),
        (first, last),
        (first[0], ".", last),
        (first, tail),
        (first, ".", last, tail),
        (last, "-", first),
        (handle, tail),
        (handle,),
        (handle, "_", tail),
    )
    return Email(local, voice.phrase(people.HOSTS))


@dataclass(frozen=True, slots=True)
class Password:
    """A password: a word and perhaps a number."""

    word: str
    tail: str

    def say(self, talker: Talker, script: Script, form: str) -> Pieces:
        """Tell it; words about capitals may be hidden or not."""
        secret = script.secret("PASSWORD", form)
        voice = talker.voice
        if talker.written and voice.chance(0.7):
            return [secret(f"{cased(talker, self.word)}{voice.one_of('', ' ') if self.tail else ''}{self.tail}")]
        pieces: Pieces = [neutral("capital")] if voice.chance(0.2) else []
        pieces.append(secret(spelled(talker, self.word) if voice.chance(0.3) else self.word))
        if self.tail:
            pieces.append(secret(self.tail if talker.written else talker.group(self.tail)))
        if voice.chance(0.15):
            pieces.append(neutral("exclamation mark" if talker.british else "exclamation point"))
        return pieces


def surname(voice: Voice) -> Surname:
    """Make a last name."""
    return Surname(voice.phrase(people.LAST))


def password(voice: Voice) -> Password:
    """Make a password."""
    digits = voice.digits(voice.one_of(2, 2, 3, 4))
    return Password(voice.phrase(people.SECRET_WORDS), voice.one_of("", digits, digits, digits))
