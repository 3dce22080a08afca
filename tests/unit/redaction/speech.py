"""Strategies: digits in any spoken or written form, and whole dialogues of cues, number words, fillers, tags and small talk."""

from hypothesis import strategies as st

from consumer.redaction import Kind

ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SOUND_ALIKES = ("oh", "o", "won", "to", "too", "for", "fore", "ate", "tree", "free", "a", "niner")
FILLERS = (
    "uh",
    "um",
    "and",
    "then",
    "dash",
    "okay",
    "so",
    "like",
    "hang on",
    "let me see",
    "sorry",
    "no",
    "not",
    "wait no",
    "scratch that",
)
CUES = (
    "card number", "my card number is", "card", "the cvv", "security code", "expiration date", "expires", "my social", "social security",
    "phone number", "call me at", "my number is", "account number", "my account", "routing number", "pin", "verification code",
    "date of birth", "born on", "zip code", "postcode", "passport number", "iban", "ip address", "email", "my email is", "password is",
    "your password", "my name is", "your name", "name", "last name", "spell that", "address", "i live at", "your address", "ends in",
    "last four", "customer number", "number please",
)  # fmt: skip
HARMLESS = (
    "order number",
    "order",
    "ticket",
    "tracking number",
    "confirmation",
    "extension",
    "reference number",
    "forgot my password",
)
SMALL_TALK = (
    "i'm on the five fifteen train", "room two oh four", "one moment", "the other one", "in twenty twenty four", "at least", "two kids",
    "thanks", "yes", "please", "john", "smith", "Mary Jones", "baker street", "apartment", "speaking", "this is", "calling", "here",
    "at", "dot", "com", "gmail", "underscore", "swordfish", "the weather", "cat", "march", "third", "dollars", "minutes", "of", "or",
    "from", "between", "double", "triple", "hundred", "thousand", "point", "b as in boy", "s m i t h", "q q", "c", "i", "x",
)  # fmt: skip
WRITTEN = ("4111", "1111", "12", "7", "555", "0132", "4111 1111 1111 1111", "123-45-6789", "(415) 555-0132", "09/27", "SW1A 1AA", "$5.00", "10:30",
    "jo@example.com", "192.168.1.20", "DE89 3704 0044 0532 0130 00", "QQ123456C", "1st", "2019")  # fmt: skip
TAGS = (*(kind.tag for kind in Kind), "[card number]", "[phone]", "[noise]")
PUNCTUATION = (",", ".", "?", "-", ":", "#", "'", "/", "+", "(", ")")

WORDS = st.one_of(
    *(
        st.sampled_from(words)
        for words in (
            ONES,
            ONES,
            TEENS,
            TENS,
            SOUND_ALIKES,
            FILLERS,
            CUES,
            CUES,
            HARMLESS,
            SMALL_TALK,
            SMALL_TALK,
            WRITTEN,
            TAGS,
            PUNCTUATION,
        )
    )
)
UTTERANCES = st.lists(WORDS, max_size=9).map(" ".join)
DIALOGUES = st.lists(st.tuples(st.sampled_from(("agent", "customer", "")), UTTERANCES), min_size=1, max_size=8)

ZEROS = ("zero", "oh", "nought", "o")
REPEATED = {2: ("double",), 3: ("triple", "treble"), 4: ("quadruple", "quad")}
PAUSES = ("", "", "", "", " uh", " um", ",", " and", " dash", " then", " okay", " er,")


@st.composite
def spoken(draw: st.DrawFn, digits: str, *, pauses: bool = True) -> str:
    """Say digits as people do: one by one, in pairs, doubled, some of them written, with pauses between them."""
    said: list[str] = []
    at = 0
    while at < len(digits):
        size, words = draw(st.sampled_from(_ways(digits[at:])))
        at += size
        pause = draw(st.sampled_from(PAUSES)) if pauses and at < len(digits) else ""
        said.append(words + pause)
    return " ".join(said)


def numbers(low: int, high: int | None = None) -> st.SearchStrategy[str]:
    """Make numbers of so many digits."""
    return st.text("0123456789", min_size=low, max_size=high or low)


def _ways(digits: str) -> list[tuple[int, str]]:
    """List how the next digits can be said: how many of them, and the words."""
    first = digits[0]
    names = ZEROS[:2] if first == "0" else (ONES[int(first)],)
    ways = [(1, name) for name in names] * 2 + [(1, first)]
    for size, words in REPEATED.items():
        if digits[:size] == first * size:
            ways += [(size, f"{word} {name}") for word in words for name in names]
    if len(digits) > 1 and first == "1":
        ways.append((2, TEENS[int(digits[1])]))
    if len(digits) > 1 and first in "23456789":
        tens = TENS[int(first) - 2]
        if digits[1] != "0":
            ways += [(2, f"{tens} {ONES[int(digits[1])]}"), (2, f"{tens}-{ONES[int(digits[1])]}")]
        elif digits[2:3] in ("", "0", "1"):
            ways.append((2, tens))
    return ways
