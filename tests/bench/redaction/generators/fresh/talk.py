"""What people say around what they tell; nothing here says what kind of thing is told, and nothing here is personal."""

from tests.bench.redaction.generators.fresh.bank import phrases

STALLS = phrases("""
    Ooh, hang on, it's in my other coat.
    Bear with me, I'm just putting the kettle down.
    One tick, I need my reading glasses.
    Let me get out of the car first.
    Uh, give me a second, the baby's crying.
    I should know this. Wait.
    Hold on, my screen's gone off.
    Can you wait? Somebody is at the door.
    Let me ask my husband.
    It's upstairs, I'll be right back.
    Sorry, you're breaking up, what was that?
    Where did I put it now.
    I've got it somewhere in this drawer.
    Do you really need that?
    Oh, right. Let me see.
    Sure, one moment please.
    Okay, it's loading, this thing's so slow.
    Hm, I'd have to look it up.
    You still there?
    Shush, get down. Sorry, the dog.
    Why does it always ask me that?
    I'm driving, let me pull over.
    Are you recording this?
    My handwriting's terrible, hang on.
    Just turning the telly down.
""")
PATIENCE = phrases("""
    Of course, no rush.
    Take as long as you like.
    I'm still here.
    That's alright, I'll wait.
    Not a problem, whenever you have it.
    Yes, it's only to find you on the system.
    Yes, I'm afraid I do.
    Okay, no worries.
    Uh huh.
    I can hear you fine.
    We record for quality, yes.
    You're okay, darling.
    Sure thing.
    No hurry at all.
    Mm, go ahead when you're ready.
""")
UNHEARD = phrases("""
    Sorry, you cut out there.
    One more time, nice and clear?
    I lost you halfway, could you repeat that?
    Come again?
    Pardon?
    I didn't get any of that, say it over.
    The line's awful. Once more, please?
    Could you say it a touch slower?
    Sorry, I was still typing, go again.
    I beg your pardon, once more?
    Say again, sir?
    Okay, can you go through that another time?
""")
AGAIN = phrases("""
    Sure. {x}.
    I said {x}.
    {x}
    Again? {x}.
    Yes, {x}.
    Slower then. {x}.
    Okay, once more, {x}.
    From the top, {x}.
    Listen carefully please, {x}.
    {x}. Better?
    No problem. {x}.
    Right, {x}.
""")
READ_BACK = phrases("""
    So that's {x}?
    Let me just run through that, {x}.
    I've got {x}, is that right?
    {x}, correct?
    {x}, yes?
    Okay so {x}.
    Just to make sure, {x}.
    And I heard {x}.
    {x}, perfect.
    I typed {x}, does that sound right?
    Repeating that, {x}.
    Right, {x}, got it.
    Lovely, {x}.
    {x}?
    Thank you, so {x}, was it?
    You said {x}.
    Okay {x}, let me check that.
    I have {x} on my end.
""")
YES = phrases("""
    That's it.
    Yes.
    Yep, you got it.
    Correct.
    Spot on.
    Yeah, that one.
    Mm hmm.
    That's right, dear.
    Yes sir.
    Perfect.
    Right.
    Uh huh, yeah.
    Exactly so.
    Yes it is, thank you.
""")
THANKS = phrases("""
    Thank you for that.
    Great, thanks.
    Lovely, thank you.
    Okay, got that.
    Perfect, one moment while I type it.
    Alright, that's come up for me.
    Brilliant.
    Wonderful, bear with me.
    Thanks, that matches what I have.
    Super.
    Okay, I appreciate that.
    Cheers for that.
""")
BACKCHANNEL = phrases("""
    Mm hmm.
    Yep.
    Okay.
    Go on.
    Right.
    And?
    Uh huh.
    Yes.
    Then?
    Okay, next.
    Got it.
    What's after that?
    Sure.
    Keep going.
    Still with you.
    Mhm, carry on.
""")
CHUNK_FIRST = phrases("""
    {x}
    {x}.
    Okay, {x}.
    It starts {x}.
    So first is {x}.
    Right, {x}.
    Um, {x}.
    It's {x}.
    Let's see, {x}.
    Ready? {x}.
    You'll want to write this down, {x}.
    Starting with {x}.
    First bit's {x}.
""")
CHUNK_NEXT = phrases("""
    {x}
    {x}
    {x}
    {x}.
    And {x}.
    Then {x}.
    Uh, {x}.
    After that, {x}.
    Followed by {x}.
    And then {x}.
    Next, {x}.
    Then it goes {x}.
    Um, {x}.
    Okay, {x}.
""")
CHUNK_LAST = phrases("""
    {x}
    {x}.
    And {x}.
    And finally {x}.
    And the last bit, {x}.
    {x}, and there's no more.
    Then {x}, done.
    And ends in {x}.
    {x}. That's everything.
    Then {x} to finish.
    {x}, end of.
    And last but not least, {x}.
""")
SELF_CORRECTED = phrases("""
    {wrong}, no sorry, {x}.
    {wrong}, wait, {x}.
    {wrong}. Oh no, I tell a lie, {x}.
    Is it {wrong}? No, {x}.
    {wrong}, scratch that, {x}.
    {wrong}, I mean {x}.
    {wrong} uh sorry {x}.
    {wrong}, let me start that bit again, {x}.
    {wrong}, my mistake, {x}.
""")
ECHO = phrases("""
    {x}
    {x}, okay.
    {x}, yep.
    {x}?
    Okay, {x}.
    {x}, go on.
    {x}, and then?
    {x}, uh huh.
    {x}, next.
""")
OBJECTION = phrases("""
    No, {x}.
    No no, it's {x}.
    Not quite, {x}.
    {x}, you've got it wrong.
    Nope. {x}.
    Sorry, that bit should be {x}.
    No, I said {x}.
    Close, but it's {x}.
    That's wrong in the middle there, it's {x}.
    Almost. {x}.
    Uh no, {x}.
""")
NOT_THIS = phrases("""
    That should be a {x}, not a {wrong}.
    No, not {wrong}, {x}.
    {x}, not {wrong}.
    You said {wrong}, it's a {x} there.
    The {wrong} is meant to be a {x}.
""")
INTERRUPTIONS = phrases("""
    Sorry, hold on, the system froze.
    Wait wait, let me catch up.
    Slow down a bit for me.
    Just a sec, I'm typing.
    Hang on, my pen died.
    Sorry, somebody walked in.
    Bless you.
    Okay hold it there one second.
    You're a bit faint, could you speak up?
    One moment, it jumped to another page.
""")
RESUMPTIONS = phrases("""
    Sure, tell me when.
    Okay. Ready?
    Where was I?
    Right, so.
    No problem.
    Oh, sorry, I do go fast.
    Is that better?
    Yes, I'm here.
    Okay okay.
""")
NOISE = phrases("""
    [noise]
    Hello?
    [laughter]
    Um.
    Uh.
    Mm.
    So.
    Yeah.
""")
ON_FILE = phrases("""
    I see {x} here as your {what}, is that still right?
    We've got {x} down for your {what}.
    The {what} on the system is {x}.
    And your {what} is still {x}, yeah?
    Is your {what} still {x}?
    It shows me {x} for {what}. Correct?
    Let me check the {what} I have, {x}.
""")
RELUCTANT = phrases("""
    What on earth do you need that for?
    You people always want that.
    Is that safe to say over the line?
    I gave it to the other lady already.
    Can't you see that on your screen?
    They told me never to give that out.
    I thought you'd have that.
    Hm, I don't know about that.
""")
REASONS = phrases("""
    It's just so I know I'm talking to the right person.
    I understand, but I can't go further without it.
    It's a security thing, I'm sorry.
    It doesn't show on my side.
    The line is secure, don't worry.
    It's only stored with the order.
    We have to ask everybody.
    I hear you, it's our policy.
""")
READY = phrases("""
    Okay, whenever you're ready.
    Right, I'm ready for it.
    Fire away.
    Go for it.
    The screen's open, off you go.
    Alright, what've you got?
    Okay hon, I'm listening.
    Let's have it then.
    Read it out to me.
    Shoot.
    I've a blank form here, over to you.
    Please go ahead now, sir.
    So read me what you have.
    Yes, tell me.
    You were about to give me something?
""")
SMALL = phrases("""
    How's the weather with you? | Oh, raining again.
    Did you have a nice weekend? | Quiet, thanks, just the garden.
    Is there anything else on your mind? | No, I don't think so.
    I'm just waiting for the page. | That's alright.
    Thanks for your patience. | You're fine.
    The system's slow this morning. | It always is, isn't it.
    Have you been with us long? | Years and years.
    You sound like you're outdoors. | Yeah I'm walking the dog.
    I do apologise about that. | Not your fault.
    Let me put a note on that. | Okay, thank you.
    Are you alright to hold a moment? | Yes, go on.
    Thanks for holding for me. | No bother.
    That's all gone through. | Oh good.
    I'll just talk to my supervisor. | Okay.
    Would you like that in writing? | If you could, yes.
    It's been one of those days. | Tell me about it.
    Sorry, our heating's broken here. | Oh no, poor you.
    Do you want me to explain that again? | Please, I got lost.
    It's a lovely name for a dog. | He's a rascal.
    You might hear some typing. | No worries.
    Have you tried the app at all? | I don't get on with it.
    So the good news is it's covered. | Oh, that's a relief.
    I can see what happened here. | What was it?
    That's odd. | What is?
    And you're happy with that? | Yes, I guess.
    Could you stay on the line for a survey? | Maybe another time.
    Was everything else okay? | More or less.
    There's a bit of a delay on the line. | I noticed.
    I'd suggest leaving it overnight. | Okay, I'll try that.
    Let me transfer you to billing. | Again? Fine.
""")
# What a recogniser makes of digits it did not hear.
GARBLED = phrases("""
    hate tea for
    fife to sicks
    ah won't see
    tree nigh on
    the tube for a
    sevens are too
    line line ate
    oh the sick
    or to for heaven
    neither won
""")
OFFERS = phrases("""
    Do you want my {what}?
    Shall I give you the {what}?
    You'll be needing my {what}, I suppose.
    I can give you my {what} if that's quicker.
    Would it help if I gave you my {what}?
    Should I tell you my {what} now?
    I've got my {what} here.
    Is it the {what} you want?
    Let me find my {what} for you.
""")
TAKEN_UP = phrases("""
    Yes please.
    If you would.
    That'd be great.
    Sure, go for it.
    Please do.
    Yeah, that's the one I need.
    Okay, when you're ready.
    Mm hmm, please.
""")
