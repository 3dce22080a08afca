"""Spelling by other alphabets than the American telephone's: NATO, police, the Indian school, whatever comes to mind."""

from tests.bench.redaction.generators.voice import Voice

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _alphabet(words: str) -> dict[str, str]:
    return dict(zip(LETTERS, words.split(), strict=True))


NATO = _alphabet(
    "alfa bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo "
    "sierra tango uniform victor whiskey x-ray yankee zulu"
)
POLICE = _alphabet(
    "adam boy charles david edward frank george henry ida john king lincoln mary nora ocean paul queen robert sam tom "
    "union victor william x-ray young zebra"
)
SCHOOL = _alphabet(
    "apple ball cat dog elephant fish goat hat ink jug kite lemon mango nest orange parrot queen rat sun tiger umbrella "
    "van water xylophone yak zebra"
)
CITIES = _alphabet(
    "agra bombay chennai delhi ernakulam faridabad goa hyderabad indore jaipur kolkata lucknow madras nagpur ooty pune "
    "quilon raipur surat thane udaipur varanasi warangal xavier yercaud zanzibar"
)
AD_HOC = _alphabet(
    "able bertie cheese doughnut easter freddie giraffe harry icecream jam kangaroo lollipop monkey nellie ostrich "
    "pineapple quack roger sugar teapot under velvet wombat xylophone yoghurt zoo"
)


def spelt(voice: Voice, word: str) -> str:
    """Spell a word, whole in code words, with some letters explained, or plainly."""
    letters = [letter for letter in word.lower() if letter in LETTERS]
    style = voice.one_of("plain", "plain", "nato alone", "explained", "explained", "doubled", "dashed")
    if style == "nato alone":
        return " ".join(NATO[letter] for letter in letters)
    if style == "explained":
        book = voice.one_of(NATO, POLICE, SCHOOL, CITIES, AD_HOC)
        link = voice.one_of("for", "as in", "like", "for", "like in", "is for")
        every = voice.one_of(1.0, 0.4)
        return " ".join(f"{one} {link} {book[one]}" if voice.chance(every) else one for one in letters)
    if style == "doubled":
        return _with_doubles(letters)
    return ("-" if style == "dashed" else " ").join(letters)


def _with_doubles(letters: list[str]) -> str:
    words: list[str] = []
    at = 0
    while at < len(letters):
        twice = letters[at : at + 2] == [letters[at]] * 2
        words.append(f"double {letters[at]}" if twice else letters[at])
        at += 2 if twice else 1
    return " ".join(words)
