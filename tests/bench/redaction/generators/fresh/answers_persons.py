"""How callers give a name, an address, an e-mail address and a date of birth."""

from tests.bench.redaction.generators.fresh.bank import phrases

NAME = phrases("""
    {x}
    {x}.
    {x}, good morning.
    It's {x}.
    Yes, it's {x} here.
    This is {x}.
    You're talking to {x}.
    My name's {x}.
    My name, it is {x}.
    The name is {x}.
    I'm {x}.
    Hi, I'm {x}, nice to meet you.
    It'll be under {x}.
    It should be in there under {x}.
    That would be {x}.
    Oh, {x}.
    Um, {x}.
    Mine? {x}.
    {x} speaking.
    {x} is my name, yes.
    {x}, that's me.
    {x}, please.
    {x}, like it says on the bill.
    I go by {x}.
    Try {x}.
    Everyone gets it wrong, it's {x}.
    Well, on paper I'm {x}.
    Put {x}.
    You can put it in the name of {x}.
    Sure, {x}.
    Okay, {x}.
    They call me {x}.
    It is {x}, sir.
    My good name is {x}.
    That's {x}, with everything spelled the usual way.
    Yeah this is {x} again.
    Yep, {x}.
    Me, {x}.
    Right, so it's {x}.
    The account's in the name of {x}.
    I said already, {x}.
    Is {x}, yes.
""")
NAME_TOLD = phrases("""
    Hello, my name is {x} and I've got a problem with my bill.
    Hi there, this is {x}, I was cut off just now.
    Good afternoon, {x} is my name, I'm ringing about the boiler.
    Yeah hi, it's {x} calling about the appointment.
    My name's {x}, I booked through the website.
    Hello? My name is {x}, can you hear me?
    I'm {x}, I spoke to one of your colleagues yesterday.
    Please, my name is {x}, I wait already a long time.
    I'm calling on behalf of my father, his name is {x}.
    The account is under my husband's name, {x}.
""")
ADDRESS = phrases("""
    {x}
    {x}.
    It's {x}.
    We're at {x}.
    I live over at {x}.
    That's {x}.
    The address is {x}.
    My address now is {x}.
    Um, {x}.
    Send it to {x}.
    Just moved, so it's {x}.
    {x}, same as always.
    {x}, that's where I am now.
    You can ship it to {x}.
    Come to {x}, please.
    Home is {x}.
    The house is {x}, next to the chapel.
    Okay it's {x}, the one with the green door.
    Let me think, it's {x}.
    I'm still at {x}.
    I used to be elsewhere but now it's {x}.
    Oh, the new place is {x}.
    It's a flat, {x}.
    You want {x}.
    My mail goes to {x}.
    {x}, and mind the dog.
    It is {x}, madam.
    I stay at {x}.
    I'm living in {x}.
    Deliver to {x}.
    Yeah, {x}.
    Yes, so, {x}.
    Billing's {x}.
    Right, it's {x}.
    It should say {x}.
    So that'd be {x}.
    We've been thirty odd years at {x}.
    {x}, you can't miss it.
    Mine is {x}.
    Sure thing, {x}.
    On the licence it says {x}.
""")
ADDRESS_TOLD = phrases("""
    I've moved, my new address is {x}.
    The power's out at my house, the address is {x}.
    Could you send it to my address, {x}?
    You keep sending letters to {x}, that's my address but wrong name.
    My parcel should have gone to {x}, that's my home address.
    I live at {x} and there's no water.
    Can somebody come out to {x}? That's where I live.
    My address needs changing to {x}.
    I'd like a quote for a house, the address is {x}.
""")
EMAIL = phrases("""
    {x}
    {x}.
    It's {x}.
    That's {x}.
    My e-mail, well, it's {x}.
    My email's {x}.
    Um, {x}.
    It's going to be {x}.
    You can use {x}.
    Send it to {x}.
    Try {x}.
    I think it's {x}.
    It's lower case all through, {x}.
    No gaps or anything, {x}.
    So the e-mail is {x}.
    My son set it up for me, it's {x}.
    Okay ready? {x}.
    Yes, {x}.
    Sure, {x}.
    Let me spell it, {x}.
    {x}, all small letters.
    {x}, no spaces.
    {x}, is that alright?
    {x} is the one I check.
    {x} is my e-mail.
    Put {x}.
    It's long, sorry. {x}.
    That'd be {x}.
    Use the work one, {x}.
    Don't laugh, {x}.
    E-mail me at {x}.
    My mail ID is this one, {x}.
    It is {x}, madam.
    Yeah it's {x}.
    I've had it since school, {x}.
    We share one, it's {x}.
    Right, {x}.
    The wife's is {x}.
    Oh heavens, e-mail. {x}, I think.
    I'd say {x}.
    Should be {x}.
    On the account it's {x}.
""")
EMAIL_TOLD = phrases("""
    Could you send the invoice by e-mail to {x}?
    I never got your e-mail, my address is {x}.
    I want to change my e-mail to {x}.
    My e-mail address is {x}, I can't log in.
    I log on with {x}, that's my e-mail.
    Please e-mail the forms to {x}.
    You've got my email as something else but it's {x}.
""")
BIRTH = phrases("""
    {x}
    {x}.
    It's {x}.
    That's {x}.
    My birthday is {x}.
    My own date of birth is {x}.
    I was born {x}.
    I came into the world on {x}.
    Um, {x}.
    {x}, I'm afraid.
    {x}, a long time ago now.
    {x}, don't tell anyone.
    {x}, same day as my sister.
    She's {x}.
    He was born {x}.
    Born {x}.
    Birthday's {x}.
    Sure, {x}.
    Yes, {x}.
    Yeah, it's {x}.
    Okay, {x}.
    Oh, {x}.
    Mine is {x}.
    Mine's {x}, my husband's you don't need.
    You're asking a lady her age? {x}.
    So that's {x}.
    It is {x}, sir.
    {x}, if I remember right.
    {x} is my birthday.
    {x}, and still going.
    The little one's is {x}.
    D O B is {x}.
    D O B on the form is {x}.
    Well, {x}.
    I'm a leap year baby near enough, {x}.
    On my passport it's {x}.
    That would be {x}.
    Let me think. {x}.
    I make it {x}.
    Right, {x}.
    Should be {x}.
""")
BIRTH_TOLD = phrases("""
    My date of birth is {x} if you need it.
    I was born on {x} so I should get the pension rate.
    You've got my birthday wrong, it should be {x}.
    My son's date of birth is {x}, he's on my plan.
    For the file, born {x}.
""")
SPELLED = phrases("""
    {x}
    {x}.
    Sure, {x}.
    It's {x}.
    So that's {x}.
    Yes, {x}.
    Um, {x}.
    Okay, slowly, {x}.
    {x}, like the football player.
    It goes {x}.
    Everybody asks. {x}.
    {x}, all run together.
    With pleasure, {x}.
    You spell it {x}.
""")
SPELLED_TOLD = phrases("""
    My surname is spelled {x}.
    You've spelled my last name wrong, it's {x}.
    The last name is {x}.
    My last name's {x}, people never get it.
    Surname {x}.
    The family name is {x}, please write it down.
""")
