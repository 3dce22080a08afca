"""Questions for a name, an address or a mailbox in whatever words: an interrogative or a request, and a noun or a verb that tells."""

from typing import Final

from consumer.redaction.span import Kind

_ADDRESSES: Final = frozenset(("address", "addresses"))
_MAILS: Final = frozenset(("email", "e-mail", "emails", "inbox"))
TELLING: Final = frozenset(
    """
    name who who's who'll whom where where's call called addressed yourself street road residence mail address addresses
    email e-mail emails inbox
    """.split()
)
_MINE: Final = frozenset(("my", "our", "mine"))
_GIVES: Final = frozenset(("give", "gave", "spell"))
_WANTS: Final = frozenset(("want", "need"))
OFFERING: Final = _MINE | _GIVES | _WANTS
"""Without one of these, nobody offers anything."""
_ASKS: Final = frozenset(
    """
    what what's whats which which's where where's whose how how's can could may might would will shall do did have give tell need take get got
    confirm verify provide remind please want wants share say read is be spell
    """.split()
)
# "Where do you live", "where was the car kept", "where's that going"
_OF_PLACES: Final = frozenset(
    """
    live lived living stay staying reside residing parked kept keep keeping deliver delivering delivered delivery post posted posting
    send sending sent ship shipping shipped mail mailed drop dropped dropping bring collect collected left leave coming attend install fit
    """.split()
)
_NOT_PERSONS: Final = frozenset(
    "provider supplier insurer insured bank network carrier company told broke fault manager supervisor department".split()
)
_WONDERS: Final = frozenset("what what's which where where's how".split())
_OF_OTHERS: Final = frozenset("destination web website ip mac their its it's".split())
_REACHES: Final = frozenset("reach contact get write".split())
OWNERS: Final = frozenset(("my", "our", "your", "for", "as"))  # "my, um, address", "correct for address"
_NEAR: Final = 3
_PERSONS: Final = frozenset(
    """
    person guest passenger driver patient customer caller policyholder cardholder holder owner buyer recipient traveller traveler tenant
    resident parent child partner individual someone somebody whoever
    """.split()
)
_BEFORE_WHO: Final = frozenset(
    "and so ok okay right sorry . ? ! uh um er well then with to for about know ask tell me who now first".split()
)
_CALLED_BY: Final = frozenset(("how", "what"))
_HOMES: Final = frozenset(("street", "road", "residence"))
_YOURS: Final = frozenset(("your", "which", "what", "what's"))
_LETTERS: Final = frozenset(
    "confirmation receipt link voucher invoice statement documents document tickets forms form code quote copy paperwork e-ticket".split()
)
_TAKES: Final = frozenset("get take have need leave give put got".split())
_FARTHEST: Final = 8
_SHORT: Final = 6  # words of "and the address please"
_ENDS: Final = frozenset(("are", "were", "?", ".", ",", "sir", "madam", "please"))

Asked = tuple[int, Kind]
"""The word that tells, and the type that is asked for."""


def find(words: list[str], *, telling: bool) -> list[Asked]:
    """List what an utterance may ask for in words that are no cue; `telling` says that one of TELLING is among them."""
    at = _you_are(words) if words[-1] in _ENDS else 0
    found: list[Asked] = [(at, Kind.PERSON_NAME)] if at else []
    if not telling:
        return found
    for index, word in enumerate(words):
        if word in TELLING and (kind := _kind(words, index)) is not None:
            found.append((index, kind))
            if kind is Kind.ADDRESS and word.startswith("where") and not _LETTERS.isdisjoint(words[index:]):
                found.append((index, Kind.EMAIL))
    return found


def _you_are(words: list[str]) -> int:
    """Find the verb in "and you are?", "sorry, you were, sir?"; 0 if nobody asks so."""
    at = len(words) - 1
    while at > 0 and words[at] in _ENDS and words[at] not in ("are", "were"):
        at -= 1
    return at if 0 < at < _SHORT and words[at] in ("are", "were") and words[at - 1] == "you" else 0


def _kind(words: list[str], index: int) -> Kind | None:
    word, behind = words[index], words[index + 1 : index + 1 + _FARTHEST]
    if word in _ADDRESSES:
        return Kind.ADDRESS if _of_address(words, index) else None
    if word in _MAILS or (word == "mail" and words[max(index - 2, 0) : index][:1] == ["e"]):
        return Kind.EMAIL if not (_WONDERS.isdisjoint(words) or _REACHES.isdisjoint(words)) else None
    if word in ("where", "where's"):
        return Kind.ADDRESS if not _OF_PLACES.isdisjoint(behind) and "from" not in behind else None
    if word == "name":
        return Kind.PERSON_NAME if _of_person(words, index) else None
    if word in ("call", "called", "addressed", "yourself"):
        return Kind.PERSON_NAME if _called(words, index) else None
    if word in _HOMES:
        return Kind.ADDRESS if not _YOURS.isdisjoint(words[max(index - _NEAR, 0) : index]) else None
    asks = index == 0 or words[index - 1] in _BEFORE_WHO
    return (
        Kind.PERSON_NAME
        if asks and bool(behind) and behind[0] not in "?.," and _NOT_PERSONS.isdisjoint(behind)
        else None
    )


def _of_address(words: list[str], index: int) -> bool:
    """Tell whether "address" is asked for, or somebody's: "the address?", "can i get the address", "my, um, address"."""
    if words[max(index - 1, 0)] in _OF_OTHERS:
        return False
    return (
        len(words) <= _SHORT
        or words[-1] == "?"
        or not _ASKS.isdisjoint(words)
        or not OWNERS.isdisjoint(words[max(index - _NEAR, 0) : index])
    )


def _of_person(words: list[str], index: int) -> bool:
    """Tell "can i get a name" and "the name of the main guest" from the name of a hotel."""
    if words[index + 1 : index + 2] == ["of"]:
        return not _PERSONS.isdisjoint(words[index + 2 : index + 2 + _FARTHEST])
    return words[max(index - 1, 0)] == "a" and not _TAKES.isdisjoint(words[:index])


def _called(words: list[str], index: int) -> bool:
    """Tell "what can i call you", "how are you called", "introduce yourself"."""
    word, before = words[index], words[max(index - _NEAR, 0) : index]
    if word == "call":
        return words[index + 1 : index + 2] == ["you"] and "what" in words[:index]
    if word == "yourself":
        return "introduce" in before
    return ("you" in before or "be" in before) and not _CALLED_BY.isdisjoint(words[:index])


def offers(words: list[str]) -> bool:
    """Tell whether whoever speaks will give what is spoken of: "do you want my address", "shall i give you the e-mail"."""
    if not _MINE.isdisjoint(words):
        return True
    for at in range(1, len(words)):
        if words[at] in _GIVES and words[at - 1] == "i":
            return True
        if words[at] in _WANTS and words[at - 1] == "you" and at + 2 >= len(words):
            return True
    return False
