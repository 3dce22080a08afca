"""How callers give a card, a social security number, a phone number, or any number at all."""

from tests.bench.redaction.generators.fresh.bank import phrases

ANY = phrases("""
    {x}
    {x}.
    {x}, okay?
    Um, {x}.
    Let me see now, {x}.
    Hang on, my glasses. Right, {x}.
    Yeah sure, {x}.
    Ready? {x}.
    Okay here goes, {x}.
    That would be {x}, dear.
    I believe that's {x}.
    So it goes {x}.
    Of course. {x}.
    Got a pen? {x}.
    Erm, I think it's {x}, but don't quote me on it.
    Give me a sec. There we are, {x}.
    Yep, {x}, and that's the lot.
    It reads {x}.
    It is {x}, isn't it, yes.
    Oh goodness. {x}, I hope.
    {x}. Did you get all that?
    {x}, yeah.
    Well, what I have written here says {x}.
    No problem at all, that's {x}.
    My daughter wrote it down for me, it's {x}.
    Sorry about the noise, {x}.
    I have it, it is {x}, please.
    Is {x}.
    So is this one, {x}, thank you.
    Alright so we got {x}.
    One moment, I must look. {x}.
    Oh I know this one, {x}.
    You want the whole thing? {x}.
    Mm, {x}, I'm reading it off the screen.
    Same as ever, {x}.
    Okay okay, {x}, last time I'm saying it.
    I'll go slow. {x}.
    Here, I'll just read it, {x}.
""")
CARD = phrases("""
    Okay it's a Visa, {x}.
    The card says {x}.
    It's my Amex, so it's {x}.
    I'll use the Mastercard. {x}.
    The number across the front is {x}.
    Card number's {x}.
    I'm looking at the card now, it's {x}.
    The long number? That's {x}.
    Put it on this one, {x}.
    Charge it to {x}.
    My wife's card then, {x}.
    Hold on, purse is in the hall. Right, {x} it is.
    All of it? Okay, {x}.
    It's rubbed off a bit but I make it {x}.
    My credit card number, yes, {x}.
    It is debit card, number {x}.
    The new one they sent me is {x}.
    So the front of the card, {x}.
    This is the company card, {x}.
    Try the other one instead, {x}.
    {x}, that's the joint card.
""")
CARD_TOLD = phrases("""
    Can I pay with my card? It's {x}.
    Hi, I want to settle the bill, my card number is {x}.
    I'd like you to take it off my Visa, which is {x}.
    Someone's been using my card, the number is {x}.
    I've lost a card, let me give you the number, it was {x}.
    The debit card I used was {x}.
    You'll want my card details, so {x}.
    My new credit card is {x}, can you update it?
    I've a Mastercard here, {x}.
    The machine swallowed my bank card, number {x}.
    Please cancel card number {x}.
    The card that was charged twice is {x}.
    So the card I want removed is {x}.
    I got my card in my hand and the number on it is {x}.
""")
SSN = phrases("""
    My social's {x}.
    My social, that one is {x}.
    Yes, my Social Security is {x}.
    The social on that would be {x}.
    It's under my husband's social, {x}.
    The number on my Social Security card is {x}.
    I don't love giving it out, but {x}.
    They gave me {x} when I came over.
    Social? {x}.
    Full social is {x}.
    I had to learn that in the service, {x}.
    I'll whisper it, I'm on the bus. {x}.
    Nine digits, {x}.
""")
SSN_TOLD = phrases("""
    You can look me up with my social, it's {x}.
    I'm calling about my benefits, my Social Security number is {x}.
    My S S N is {x}, if that helps.
    I think you've got my social down wrong, it should be {x}.
    It's the account with the social {x}.
    I'd rather you went by my social, {x}.
    My mother's Social Security number was {x}.
    The form says social security number so I put {x}.
    I already gave the robot my social, {x}.
""")
PHONE = phrases("""
    My cell is {x}.
    You can get me on {x}.
    Best one's {x}.
    My mobile, that's {x}.
    Ring me on {x}, after tea.
    Call my work line, {x}.
    The number here is {x}.
    The landline's {x}, there's always somebody in.
    Just text it to {x}.
    It's the one I'm calling from, {x}.
    You can reach my son at {x}.
    I only have the cell phone, {x}.
    The house phone is {x}.
    We changed it, it's {x} now.
    At the office I'm {x}.
    {x}, and leave a message if I don't pick up.
    {x} is my cell.
    {x} is best, I don't answer the other.
""")
PHONE_TOLD = phrases("""
    If we get disconnected my number is {x}.
    My phone's been dead since Tuesday, the number is {x}.
    Could somebody call me back on {x}?
    I'd like to put a new mobile on there, {x}.
    I keep getting your texts on {x}.
    You have my old phone number, the right one is {x}.
    I'm trying to move my number over, {x}.
    Please call my cell at {x} when they're close.
    My telephone number, if you need it, is {x}.
    I got a missed call from you on my phone, {x}.
    Can you add my wife's cell, {x}?
""")
BEHIND = phrases("""
    {x}, that's my {what}.
    {x}. That's the {what} I've got here.
    It's {x}, my {what} that is.
    {x} would be my {what}.
    {x}, and that was my {what}, yes.
    So {x}, in case you need my {what}.
    {x} is the {what}.
    I've got {x} down as my {what}.
""")
