"""Several things told in one breath: a card with its dates, a name with a postcode, a sort code with an account."""

from dataclasses import dataclass

from tests.bench.redaction.generators.fresh import talk
from tests.bench.redaction.generators.fresh.bank import phrases
from tests.bench.redaction.generators.fresh.details import DETAILS
from tests.bench.redaction.generators.fresh.dialogue import Dialogue
from tests.bench.redaction.generators.spoken import Pieces


@dataclass(frozen=True, slots=True)
class Breath:
    """What is asked for and told together; the slots of the answers are topics, with an underscore for a space."""

    topics: tuple[str, ...]
    ask: tuple[str, ...]
    answer: tuple[str, ...]


BREATHS: dict[str, Breath] = {
    "payment": Breath(
        ("card", "expiry", "cvv"),
        phrases("""
            So I need the card number, the expiry and the three numbers on the back.
            Card details, please, all of them.
            Could I have the long number, the expiration date and the security code?
            Okay, give me the whole card, number, expiry, code.
            When you're ready, card number, end date and CVV.
        """),
        phrases("""
            {card}, expires {expiry}, and the code's {cvv}.
            It's {card}, expiry {expiry}, {cvv} on the back.
            Card number {card}, {expiry}, security code {cvv}.
            So {card}, valid until {expiry}, and the three numbers are {cvv}.
            {card}, exp {expiry}, CVV {cvv}.
            The number is {card}, it runs out {expiry} and on the back there's {cvv}.
        """),
    ),
    "bank": Breath(
        ("sort_code", "account"),
        phrases("""
            Sort code and account number, please?
            What's the sort code and the account number?
            For the direct debit I want the sort code and account.
            Could you read me both, sort code then account number?
        """),
        phrases("""
            Sort code {sort_code}, account {account}.
            It's {sort_code} and the account number's {account}.
            The sort code is {sort_code} and then {account} for the account.
            {sort_code}, account number {account}.
        """),
    ),
    "check": Breath(
        ("routing", "account"),
        phrases("""
            Routing and account number off the check, please?
            I'm ready for the routing number and the account number.
            Could you give me the routing first and then the account?
            What are the routing and account numbers?
        """),
        phrases("""
            Routing is {routing} and the account's {account}.
            Routing number {routing}, account number {account}.
            It's {routing} for the routing and {account} for the account.
            The routing's {routing}, then the account number, {account}.
        """),
    ),
    "patient": Breath(
        ("name", "birth"),
        phrases("""
            Name and date of birth, please?
            Could I get the name and date of birth of the patient?
            And your full name and date of birth, my love?
            Who is it for, and their birthday?
            First, your name and your date of birth.
        """),
        phrases("""
            {name}, born {birth}.
            {name}, {birth}.
            It's {name}, date of birth {birth}.
            My name is {name} and my birthday's {birth}.
            This is {name}, D O B {birth}.
        """),
    ),
    "postal": Breath(
        ("name", "postcode"),
        phrases("""
            Can I take your name and postcode?
            Name and postcode, please?
            What's the name and the postcode on the order?
            I'll need your full name and the postcode.
        """),
        phrases("""
            {name}, postcode {postcode}.
            {name} and it's {postcode}.
            It's {name}, {postcode}.
            My name's {name}, and the postcode is {postcode}.
        """),
    ),
    "callback": Breath(
        ("name", "phone"),
        phrases("""
            Leave me your name and number and I'll have someone call you.
            Can I get a name and a callback number?
            Who shall they ask for, and on what number?
            Your name and phone number, please, sir.
        """),
        phrases("""
            It's {name}, on {phone}.
            {name}, and my number's {phone}.
            {name}, {phone}.
            Ask for {name}, the phone is {phone}.
            My name is {name} and my cell is {phone}.
        """),
    ),
    "delivery": Breath(
        ("name", "address"),
        phrases("""
            Name and address for the delivery, please?
            Who's it going to and what's the address?
            Could you give me the name and address?
            I need your name and home address.
        """),
        phrases("""
            {name}, {address}.
            {name}, and the address is {address}.
            It's {name}, I live at {address}.
            My name is {name} and we're at {address}.
        """),
    ),
    "security": Breath(
        ("birth", "last_four"),
        phrases("""
            Date of birth and last four of your social?
            To get you verified, your date of birth and the last four of the social.
            I need a birthday and the last four of your social, hon.
            And your date of birth, plus the last four digits of your Social Security?
        """),
        phrases("""
            {birth}, and last four are {last_four}.
            Born {birth}, social ends in {last_four}.
            My birthday's {birth} and the last four, {last_four}.
            {birth}, {last_four}.
        """),
    ),
}
BRITISH = {"bank", "postal"}
AMERICAN = {"check", "security"}


def give_together(call: Dialogue, name: str) -> None:
    """Ask for several things and have them told in one turn."""
    voice = call.voice
    breath = BREATHS[name]
    call.ask(breath.ask)
    if voice.chance(0.2):
        call.stall()
    told: dict[str, Pieces] = {}
    for topic in breath.topics:
        told[topic] = call.made(DETAILS[topic.replace("_", " ")]).say(call.caller, call.script, "together")
    call.caller_says(voice.phrase(breath.answer), **told)
    if voice.chance(0.4):
        call.agent_says(voice.phrase(talk.THANKS))
