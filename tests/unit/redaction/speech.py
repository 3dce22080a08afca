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
