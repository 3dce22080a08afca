"""What the demo prints is read by people and by programs: a record stays on its line, however narrow the terminal is taken to be."""

from io import StringIO

from rich.console import Console

from deploy.local.demo import print_audit, print_hits

KEY = "0123456789abcdef-0123456789abcdef:fedcba9876543210-fedcba9876543210"
TEXT = "sure, the number is [REDACTED_CREDIT_CARD], and please send the receipt to the address that you have on file"


def narrow() -> tuple[Console, StringIO]:
    out = StringIO()
    return Console(file=out, width=40, highlight=False), out


def test_an_audit_record_stays_on_its_line() -> None:
    console, out = narrow()
    print_audit(console, {KEY: {"outcome": "indexed", "reason": None, "redactions": {"CREDIT_CARD": 12, "PHONE": 3}}})
    (line,) = [line for line in out.getvalue().splitlines() if KEY in line]
    assert line.split() == ["indexed", KEY, "CREDIT_CARD", "12,", "PHONE", "3"]


def test_an_utterance_that_was_found_stays_on_its_line_with_its_tags() -> None:
    console, out = narrow()
    utterance = {"_source": {"speaker": "external", "text": TEXT}}
    hit = {"_source": {"key": KEY}, "inner_hits": {"utterances": {"hits": {"hits": [utterance]}}}}
    print_hits(console, [hit])
    assert out.getvalue() == f"  {KEY}  external: {TEXT}\n"
