"""What calls are about in seven industries: reasons, what is asked there, and what is talked about in between.

A scene is a list of turns, "A:" said by the agent and "C:" by the caller, with slots for numbers that have to stay.
"""

from dataclasses import dataclass

from tests.bench.redaction.generators.fresh.bank import phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Industry:
    """One line of business. `pays` is the share of its calls in which somebody pays by card."""

    companies: tuple[str, ...]
    asks: tuple[str, ...]
    pays: float
    reasons: tuple[str, ...]
    scenes: tuple[str, ...]


INDUSTRIES: dict[str, Industry] = {
    "bank": Industry(
        companies=("Calder Mutual Bank", "First Prairie Credit Union", "Northgate Building Society"),
        asks=(
            "name",
            "birth",
            "account",
            "last four",
            "ssn",
            "pin",
            "sort code",
            "password",
            "phone",
            "address",
            "iban",
        ),
        pays=0.25,
        reasons=phrases("""
            Hi, there's a payment on my statement that I don't recognise.
            Yeah hello, I need to move some money between my accounts.
            I'm locked out of the app, it says too many attempts.
            Good morning, I'd like to stop a check, please.
            My debit card got declined at the gas station.
            I want to set up a standing order for the rent.
            Hello, I would like to ask about the fee you took.
            I'm going abroad and I want my card to work over there.
        """),
        scenes=phrases("""
            A: I see a charge of {money} from {date}, is that the one? | C: That's the one, yes. | A: And you didn't make it?| C: No, I was at work till {time}.
            C: How long does a transfer take? | A: Between {m} and {n} hours normally. | C: Okay.
            A: Your available balance is {money}. | C: Hm, I thought it'd be more.
            C: What's the rate on the savings? | A: It's {m} point {m} percent at the moment. | C: That's not a lot, is it.
            A: There's a fee of {money} if you go overdrawn. | C: I know, I know.
            A: So I'm going to dispute that for you, it takes up to {n} days. | C: And I get it back? | A: If it's found to be fraud, yes.
            A: Have you shared the card with anyone? | C: No, never. | A: And it's still in your possession? | C: It's here in my hand.
            C: I went to the branch on {date} and they sent me to you. | A: I'm sorry about that.
            A: We'll send the new one in {m} to {n} business days. | C: To the house? | A: To the house, yes.
            C: You used to have a branch on the corner here. | A: We closed that one in {year}. | C: Such a shame.
        """),
    ),
    "insurance": Industry(
        companies=("Harbourside Insurance", "Great Basin Auto and Home", "Tortoise Cover"),
        asks=("name", "birth", "address", "postcode", "zip", "phone", "email", "ssn", "nino", "spelling"),
        pays=0.35,
        reasons=phrases("""
            Hi, somebody ran into the back of me this morning.
            I'm calling to get a quote on a house.
            My renewal's come through and it's gone up like mad.
            We had a pipe burst in the kitchen.
            I need to add my daughter to the car insurance.
            Hello, I sent in a claim and nobody has called me.
            The windshield's cracked all the way across.
            I'd like to cancel my policy, please.
        """),
        scenes=phrases("""
            A: What time did it happen? | C: About {time}. | A: And how fast were you going? | C: Maybe {n}, no more.
            A: What's the mileage on the vehicle? | C: Somewhere around {big}. | A: I'll put that in.
            A: And the excess on that would be {money}. | C: Each time? | A: Per claim, yes.
            C: Last year it was {money}. | A: Everybody's went up about {percent}.
            A: How many bedrooms in the property? | C: {m}. | A: And when was it built? | C: {year}, I think.
            A: Any claims in the last {m} years? | C: Only the one, a windshield.
            C: The car's been at the garage since {date}. | A: Did they give you an estimate? | C: {money}, he says.
            A: You've {n} days to change your mind. | C: That's good to know.
            A: Your claim reference is {ref}. | C: Hang on, let me write it down. | A: Sure.
            C: Is the shed covered? | A: Up to {money}, yes. | C: Oh good.
        """),
    ),
    "clinic": Industry(
        companies=("Riverside Family Practice", "Elmwood Dental", "the eye clinic at Saint Brendan's"),
        asks=("name", "birth", "spelling", "phone", "nhs", "ssn", "address", "email", "postcode", "zip"),
        pays=0.2,
        reasons=phrases("""
            Hi, I'd like to make an appointment, please.
            I'm calling about my test results.
            My prescription's run out and I can't get it refilled.
            I need to move my appointment, something came up.
            My little boy's got a temperature and he's not drinking.
            I've broken a tooth, it's really sore.
            Hello, the doctor said I should ring today.
            You sent me a bill for a visit I never had.
        """),
        scenes=phrases("""
            A: I've got {date} at {time}, or the day after at {time}. | C: The first one. | A: Okay, booked.
            C: His temperature was {n} at {time}. | A: Did you give him anything? | C: Some syrup, {m} millilitres.
            A: How many tablets a day? | C: {m} in the morning and {m} at night. | A: And the strength? | C: {n} milligrams.
            A: Your co-pay's {money}. | C: I pay that when I come in? | A: Yes please.
            C: My blood pressure was one twenty over eighty. | A: That's very good.
            A: Come {n} minutes early, there's a form. | C: Alright.
            A: The doctor's running {n} minutes late today. | C: As ever.
            A: How long have you had the pain? | C: About {m} weeks. | A: On a scale of one to ten? | C: {m}.
            C: Which floor is it? | A: The {nth}, turn left at the lift. | C: Thank you.
            A: When was your last visit? | C: Some time in {year}. | A: That's a while.
        """),
    ),
    "telecom": Industry(
        companies=("Larkspur Mobile", "Cableworks", "Meridian Broadband"),
        asks=(
            "name",
            "phone",
            "account",
            "address",
            "pin",
            "password",
            "email",
            "ip",
            "last four",
            "birth",
            "postcode",
        ),
        pays=0.35,
        reasons=phrases("""
            My internet's been down since last night.
            Hi, I want to keep my number and switch to you.
            The bill's twice what I was told.
            I got a new phone and the SIM won't work.
            The TV box keeps restarting.
            I'd like to upgrade, what've you got?
            I never asked for the sports channels.
            Hello, I'm leaving, so what do I have to do?
        """),
        scenes=phrases("""
            A: Is the light on the router green or red? | C: It's blinking orange. | A: Unplug it for {n} seconds, please. | C: Okay, it's off. | A: Now plug it in.
            A: What speed are you getting? | C: It says {n}. | A: You should be getting {big}.
            A: I can offer you {n} gigabytes for {money} a month. | C: And then what? | A: {money}.
            C: The contract ends on {date}, doesn't it? | A: Let me see. Yes.
            A: I've run a test on the line and it drops every {n} minutes. | C: That's what I said.
            A: An engineer could come on {date} between {time} and {time}. | C: I work till {time}. | A: Then the day after?
            C: It's the {year} box, the black one. | A: That's quite old now.
            A: Your ticket number is {ref}. | C: Okay.
            C: I've restarted it {m} times already. | A: I know, once more for me.
            A: Press the menu button, go to channel {n}. | C: Nothing. | A: And {n}?
        """),
    ),
    "hotel": Industry(
        companies=("the Larch House Hotel", "Pelican Inn and Suites", "Moorside Country Hotel"),
        asks=("name", "spelling", "phone", "email", "address", "zip", "postcode"),
        pays=0.75,
        reasons=phrases("""
            Hello, I'd like to book a room for the weekend.
            I need to change a reservation.
            We left a coat in the room when we checked out.
            Hi, do you have anything free with a sea view?
            I was charged for the minibar and we never touched it.
            I'm coming with a dog, is that okay?
            I'd like to surprise my wife, it's our anniversary.
            We're a party of eight, for a wedding.
        """),
        scenes=phrases("""
            A: Arriving on which day? | C: {date}. | A: For how many nights? | C: {m}.
            A: That's {money} a night with breakfast. | C: And without? | A: {money}.
            C: What time's check in? | A: From {time}. | C: We'd be there about {time}.
            A: I can put you in room {n}, it's quiet. | C: Lovely.
            C: How far is it from the station? | A: About {n} minutes on foot.
            A: Breakfast is {time} to {time}. | C: Is it buffet? | A: It is.
            A: Your confirmation number is {ref}. | C: Thanks, got it.
            C: Is there parking? | A: {money} a day, there's {n} spaces.
            A: You can cancel until {date}. | C: And then what? | A: We'd keep the first night.
            A: Twin or double? | C: Double, and a cot if you have one. | A: We do, it's {money}.
        """),
    ),
    "retail": Industry(
        companies=("Bramble and Finch", "Outfitters Direct", "the garden people"),
        asks=("name", "email", "phone", "address", "postcode", "zip", "spelling"),
        pays=0.55,
        reasons=phrases("""
            My order never turned up.
            I got the wrong size and I want to send it back.
            Hi, is the blue one in stock again?
            The discount code doesn't work.
            You delivered it to somebody else.
            I'd like to order over the phone, I don't do websites.
            It arrived in pieces.
            I returned it ages ago, where's my refund?
        """),
        scenes=phrases("""
            A: Do you have the order number? | C: It's {ref}. | A: One moment.
            A: I see it was shipped on {date}. | C: Well, it isn't here. | A: The tracking number on it is {ref}. | C: That says delivered at {time}.
            A: What size did you get? | C: A {n}, and I need a {n}. | A: I can swap that.
            C: It was {money} on the website. | A: It's {money} now, the sale ended on {date}.
            A: Delivery's {money}, or free above {money}. | C: I'll add some socks then.
            A: We've {m} left in green. | C: And blue? | A: None, sorry.
            C: How long do refunds take? | A: {m} to {n} days.
            A: The item number's {ref}, is that the one? | C: It's got a picture of a heron on it. | A: That's it.
            C: It's {n} inches by {n}, right? | A: That's what it says here.
            A: I can give you {percent} off the next one. | C: Oh, that's kind.
        """),
    ),
    "utilities": Industry(
        companies=("Tri-County Power", "Wessex Water and Gas", "Bluestem Energy"),
        asks=(
            "name",
            "account",
            "address",
            "phone",
            "postcode",
            "zip",
            "birth",
            "last four",
            "sort code",
            "email",
            "routing",
        ),
        pays=0.45,
        reasons=phrases("""
            We've no power on the whole street.
            I'm moving out and I need to close my account.
            I can smell gas in the hallway.
            Hello, this bill cannot be right.
            I'd like to pay by installments if that's possible.
            The water's come out brown since this morning.
            I want to give you a meter reading.
            There's a tree lying on the line outside.
        """),
        scenes=phrases("""
            A: And what does the meter say? | C: It says {big}. | A: Thank you, I'll put that in.
            A: The crew should be there by {time}. | C: It's freezing in here.
            C: I used to pay {money}, now you want {money}. | A: It's an estimate, based on {month}.
            A: I can spread that over {n} months, so {money} each. | C: That I can do.
            A: About {big} homes are affected. | C: Oh dear.
            C: When was the last reading? | A: On {date}. | C: That was an estimate then.
            A: The rate's {n} cents a unit. | C: And the standing charge? | A: {money} a month.
            A: Your work order number is {ref}. | C: Okay, thank you.
            A: Please keep {n} metres away from the line. | C: Of course. | A: And keep the children inside.
            A: We would need {m} days' notice. | C: We leave on {date}.
        """),
    ),
}
GREETINGS = phrases("""
    Thank you for calling {company}, this is {who}, how may I help?
    {company}, good morning, you're through to {who}.
    Hello, welcome to {company}, my name is {who}, what can I do for you?
    Good afternoon, {company}, {who} speaking.
    Thanks for holding, you're speaking with {who} at {company}.
    Hi, {company}, how can I help you today?
    {company}, what's going on today?
""")
SYMPATHY = phrases("""
    Oh no, let me see what I can do.
    I'm sorry to hear that.
    Okay, I can help you with that.
    Right, let's get that sorted.
    Sure, I'd be glad to.
    Alright, let me pull you up first.
    No problem at all, I just have to ask you a few things.
""")
VOCATIVES = phrases("""
    Thanks, {who}.
    Okay {who}, bear with me.
    Perfect, {who}, one moment.
    And how are you today, {who}?
    {who}, I'm just pulling that up.
""")
FAREWELLS = phrases("""
    Is there anything else? | No, that was all.
    Thank you for calling, have a lovely day. | You too, bye.
    Alright, take care now. | Bye bye.
    You have a good one. | Thanks, you as well.
    That's all done for you. | Brilliant, thanks for your help.
    I hope that helps. | It does, thank you so much.
    Okay, bye now. | Bye.
""")
