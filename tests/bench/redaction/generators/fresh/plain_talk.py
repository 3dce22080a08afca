"""What has to stay: everyday numbers, references of orders and parcels, and answers that tell nothing."""

from tests.bench.redaction.generators.fresh.bank import phrases

# Said by a caller who was asked for something else, or by anybody at any time.
ASIDES = phrases("""
    I've been on hold for {n} minutes already.
    Before that, why was I charged {money}?
    You took {money} out of my balance on {date}.
    Hang on, it's {time}, I have to pick up the kids.
    I rang at {time} and nobody picked up.
    There were {n} people in the queue ahead of me.
    Somebody quoted me {money} a month.
    The bill went up by {percent} since {month}.
    I've been a customer since {year}.
    My contract's up in {m} weeks.
    We were {m} hours without power.
    They told me {m} to {n} working days.
    The engineer was meant to come between {time} and {time}.
    It was {money} plus {money} delivery.
    I only ordered {m} of them.
    That's the {nth} time I've called about this.
    I'm {n} miles from the nearest branch.
    The flight leaves at {time} on {date}.
    It's about {n} degrees in this office.
    I bought it in {year}, so it's out of warranty maybe.
    My son needs {n} milligrams twice a day.
    I had {n} percent battery left, now it's dead.
    The box weighs {n} kilos.
    The table is {n} inches wide.
    I'm on the {nth} floor and the lift's out.
    I was in the branch on {date}.
    I get {n} megabits on a good day.
    It's {n} grams too heavy, the man said.
    We've got {m} rooms booked from {date}.
    I waited from {time} till {time}.
    It's in bay {n} of the car park.
    It came with {n} pages of small print.
    I've {m} cats and they all need food.
    The meter went up by {n} units.
    The kids go back to school on {date}.
    You promised me {percent} off.
    We paid {money} in {year}, and {money} now.
    Was it {date} or {date} that you tried to deliver?
    I've sent {n} e-mails about that.
    Could I split it over {n} months?
    It says error {big} on the display.
    I have the {year} model.
    The show's at {time}, doors at {time}.
    He scored {n} points in the {nth} quarter, can you believe it.
    Okay give me {n} seconds.
    I drove {big} miles last year.
    It's channel {n} that's missing.
    Two of us and {m} children.
    I'd guess around {n} or {n}.
    The boiler shows {n} point {m} bar.
""")
OF_AGENTS = phrases("""
    Your balance is {money} as of today.
    That'll be {money} all in.
    I can do {percent} off for {n} months.
    You're number {n} in the queue.
    The next slot I've got is {date} at {time}.
    It takes {m} to {n} working days.
    We close at {time} today.
    Check in's from {time} and check out's by {time}.
    The plan has {n} gigabytes of data.
    There's a late fee of {money} after {date}.
    I see {m} payments of {money} since {month}.
    The deductible would be {money}.
    It's {m} nights at {money} each.
    You'd have {n} days to send it back.
    The interest is {n} point {m} percent.
    Your appointment's at {time} on {date}.
    Please hold for {n} minutes.
    The outage started about {time}.
    That one's on page {n} of the contract.
    I've put {money} back on the balance.
    The doctor has {time} or {time}.
    Press {m} if you want to hear that again.
    It should arrive by {time}.
    The limit on that is {money} a day.
""")
REFERENCES = phrases("""
    My order, the number is {ref}.
    The order was {ref}, placed on {date}.
    Your order number, for reference, is {ref}.
    The tracking number says {ref} here.
    It's parcel tracking number {ref}.
    They opened a ticket for it, number {ref}.
    Your ticket number is {ref}.
    I have a ticket already, it's {ref}.
    The confirmation number you gave me is {ref}.
    Your confirmation number is {ref}.
    The booking reference is {ref}.
    Your reference number for this call is {ref}.
    The reference is {ref}, write that down.
    It's invoice number {ref} from {month}.
    The invoice is {ref}.
    The product code's {ref}.
    The item number in the catalogue is {ref}.
    My claim reference is {ref}, from {date}.
    The part number is {ref}.
    Case number {ref}, is it still open?
    Your case number is {ref}.
    The work order number is {ref}.
""")
# Answers to a question for a secret that tell nothing: no number, no name, nothing to hide.
NOTHING = phrases("""
    I'd rather not say that over the line.
    I haven't got it with me, sorry.
    My wife deals with all that.
    Can I call you back when I find it?
    I don't know it off the top of my head.
    It's the same as it was last time.
    Why is everything so complicated these days?
    Can't you just use what you have?
    I'll do that online later, if it's alright.
    Let me talk to a human, please.
    I never had one of those.
    They took my bag with everything in it.
    Sorry, I thought you were asking about the weather.
    You have it already, I told your colleague.
    Oh, is that the thing on the letter?
    I'd have to look in the car for that.
    I don't give that out, love, there's so many scams.
    Is it the big one or the little one you want?
    It's a long story, may I start from the beginning?
    I can hardly hear you, there's a lawnmower outside.
    Please, I only want to cancel.
    Honestly I just want my money back.
    My eyes aren't what they were, you'll have to wait.
    Isn't it on the file?
    The printer's out of ink, that's why I'm calling.
    I think my kid drew on it, I can't read it.
    Could you do it without?
    Not right now, no.
    We're moving soon so don't bother.
    I'll pay in the shop then.
    Ah, that I don't remember.
    You're joking, right?
    What happens if I don't have it?
    My boss handles this.
    Oh, the cat's on the keyboard again.
    It's about the washing machine, not about that.
""")
