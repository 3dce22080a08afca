"""Shapes that are found by their written form alone: e-mail and IP addresses, IBANs, links with a mailbox in them."""

import re
from typing import Final

from consumer.redaction import inner, validators
from consumer.redaction.ints import i64
from consumer.redaction.span import Kind, Source, Span

# Every pattern has bounded repetitions and one way to match, so it stays linear; a test compiles each under RE2.
EMAIL: Final = re.compile(
    r"[a-z0-9](?:[a-z0-9._%+'-]{0,62}[a-z0-9_])? ?@ ?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}", re.ASCII
)
IPV4: Final = re.compile(r"(?:^|[^\d.])((?:\d{1,3}\.){3}\d{1,3})(?:$|[^\d.]|\.(?:$|\D))", re.ASCII)
IPV6: Final = re.compile(
    r"(?:^|[^a-z0-9:])((?:[0-9a-f]{1,4}:){1,7}(?::?[0-9a-f]{1,4}){1,6}|(?:[0-9a-f]{1,4}:){1,6}:)(?:[^a-z0-9:]|$)"
)
IBAN: Final = re.compile(
    r"(?:^|[^a-z0-9])([a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?)(?:[^a-z0-9]|$)", re.ASCII
)
_IBAN_COUNTRIES: Final = frozenset(
    "ad ae al at az ba be bg bh br by ch cr cy cz de dk do ee es fi fo fr gb ge gi gl gr gt hr hu ie il iq is it jo kw kz lb lc "
    "li lt lu lv ly mc md me mk mr mt mu nl no pk pl ps pt qa ro rs sa sc se si sk sm st sv tl tn tr ua va vg xk".split()
)
_IBAN_LENGTHS: Final = range(15, 35)
_IBAN_FEWEST_DIGITS: Final = 8
_IPV6_MIN_GROUPS: Final = 3
_LONGEST_GROUP: Final = 4  # of an IPv6 address
_DOTS: Final = 3
_DOT: Final = ord(".")
_COLON: Final = ord(":")
_DECIMAL: Final = 2
_HEX: Final = bytes(_DECIMAL if chr(code) in "0123456789" else int(chr(code) in "abcdef") for code in range(256))


def find(text: str, *, digits: bool, led: bool) -> list[Span]:
    """Find written shapes in a folded utterance; `digits` tells whether it has any, `led` whether a letter leads two."""
    found: list[Span] = []
    if "@" in text:
        found += [
            Span(match.start(), match.end(), Kind.EMAIL, "email.written", Source.DIGITS)
            for match in EMAIL.finditer(text)
        ]
    if digits and "." in text and _dotted(text.encode("latin-1")):
        for start, end in inner.find(IPV4, text):
            if validators.ipv4(text[start:end]):
                found.append(Span(start, end, Kind.IP_ADDRESS, "ip.v4", Source.DIGITS))
    if ":" in text and _grouped(text.encode("latin-1")):
        for start, end in inner.find(IPV6, text):
            if _is_ipv6(text[start:end]):
                found.append(Span(start, end, Kind.IP_ADDRESS, "ip.v6", Source.DIGITS))
    if led:
        found += ibans(text, cued=False)
    return found


def _dotted(data: bytes) -> bool:
    """Tell whether three dots stand between digits: an IPv4 address has as many."""
    at, size, dots = i64(1), i64(len(data)) - 1, i64(0)
    while at < size:
        if data[at] == _DOT and _HEX[data[at - 1]] == _DECIMAL and _HEX[data[at + 1]] == _DECIMAL:
            dots += 1
        at += 1
    return dots >= _DOTS


def _grouped(data: bytes) -> bool:
    """Tell whether a group of an IPv6 address, or nothing, stands between two colons."""
    at, size, group = i64(0), i64(len(data)), i64(_LONGEST_GROUP + 1)
    while at < size:
        if data[at] == _COLON:
            if group <= _LONGEST_GROUP:
                return True
            group = 0
        elif _HEX[data[at]]:
            group += 1
        else:
            group = _LONGEST_GROUP + 1
        at += 1
    return False


def ibans(text: str, *, cued: bool) -> list[Span]:
    """Find IBANs; without a cue the country has to exist, with one any shape will do. The checksum is no condition."""
    found: list[Span] = []
    for start, end in inner.find(IBAN, text):
        written = _without_words(text[start:end])
        compact = written.replace(" ", "")
        if len(compact) not in _IBAN_LENGTHS or sum(map(str.isdigit, compact)) < _IBAN_FEWEST_DIGITS:
            continue
        if cued or compact[:2] in _IBAN_COUNTRIES:
            found.append(Span(start, start + len(written), Kind.IBAN, "iban.written", Source.DIGITS))
    return found


def _without_words(written: str) -> str:
    """Cut off what is only a word behind the number: every group but the country's and the bank's holds digits."""
    groups = written.split(" ")
    if len(groups[0]) in _IBAN_LENGTHS:
        return groups[0]
    kept = groups[:2]
    for group in groups[2:]:
        if not any(map(str.isdigit, group)):
            break
        kept.append(group)
    return " ".join(kept)


def _is_ipv6(text: str) -> bool:
    groups = [group for group in text.split(":") if group]
    has_letter = any(map(str.isalpha, text))
    return "::" in text or len(groups) == 8 or (has_letter and len(groups) > _IPV6_MIN_GROUPS)  # noqa: PLR2004 - eight groups
