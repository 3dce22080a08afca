"""Questions in words that are no cue, offers, and what stands beside them."""

ROWS = {
    "addresses, asked for in any words": (
        (
            "A: can you tell me the address as it is on your license",
            "C: sure <ADDRESS|thirty seven o nine juniper terrace>",
        ),
        ("A: where was the car kept overnight", "C: we've been thirty odd years at <ADDRESS|5063 washington street>"),
        ("A: could you give me the name and address", "C: so <ADDRESS|12 mill lane>"),
        ("C: is it the address you want", "A: when you're ready", "C: it's <ADDRESS|474 old orchard way unit 1d>"),
        ("C: do you want my address", "A: please do", "C: okay it's <ADDRESS|79 pine ridge road>"),
        (
            "A: your address please",
            "C: we're at <ADDRESS|81 cottonwood drive>",
            "A: pardon",
            "C: slower then <ADDRESS|81 cottonwood drive>",
        ),
        ("A: your address please", "C: it's <ADDRESS|a hundred and four tanners row>"),
        ("A: your address please", "C: <ADDRESS|nine mill lane apartment number four b>"),
        ("A: your address please", "C: <ADDRESS|one fourteen park view>"),
        ("C: shall i give you the address", "A: please", "C: <ADDRESS|twelve copper street>"),
    ),
    "names, asked for in any words": (
        ("A: and you are", "C: <PERSON_NAME|denise ashworth>"),
        ("A: who will be signing for it", "C: it is <PERSON_NAME|reggie page> sir"),
        (
            "A: can i get a name and a callback number",
            "C: <PERSON_NAME|nguyen> <PHONE|two forty two four twenty six oh five double oh>",
        ),
        ("A: could i have the name of the person travelling", "C: okay <PERSON_NAME|nguyen>"),
        ("A: what can i call you", "C: <PERSON_NAME|imani>"),
        ("A: your name please", "C: oh <PERSON_NAME|drew j holloway>"),
        ("A: your name please", "C: it is <PERSON_NAME|vikram a page>"),
        ("A: your name please", "C: everyone gets it wrong it's missus <PERSON_NAME|long>"),
        ("A: spell the family name", "C: okay <PERSON_NAME|long> <PERSON_NAME|l o n g>"),
        ("A: spell the family name", "C: <PERSON_NAME|z i m m e r m a n> all run together"),
        ("A: spell the family name", "C: <PERSON_NAME|e s as in sugar p i n o as in oscar>"),
    ),
    "names, asked for with who and what": (
        ("A: who have we got here", "C: <PERSON_NAME|bronwen llewellyn>"),
        ("A: sorry and you were", "C: <PERSON_NAME|declan fitzgerald>"),
        ("A: how are you called", "C: <PERSON_NAME|fatima>"),
        ("A: could you introduce yourself", "C: i'm <PERSON_NAME|yusuf demir>"),
        ("A: what do they call you", "C: <PERSON_NAME|blessing adeleke>"),
        ("A: the lead passenger is", "C: <PERSON_NAME|aoife brennan>"),
    ),
    "addresses, asked for with where": (
        ("A: where do you want the parcel left", "C: at <ADDRESS|17 orchard close>"),
        ("A: what's your street", "C: <ADDRESS|14 linden avenue>"),
        ("A: could i take the first line of your address", "C: <ADDRESS|rose cottage, mill lane>"),
        ("C: i'm now at <ADDRESS|31 wellington terrace>",),
    ),
    "postcodes at the end of an address, in code words, before their cue": (
        ("A: your address please", "C: <ADDRESS|47 broadoak road, exeter, c r one four six j d>"),
        ("A: your address please", "C: <ADDRESS|59 saddleback trail, unit 33, nine one two three four>"),
        (
            "A: postcode please",
            "C: i think it's <POSTAL_CODE|l for larry s for sam six nine f for foxtrot g for george> but don't quote me",
        ),
        "<POSTAL_CODE|33688> and that was my zip code",
    ),
    "mailboxes of plain words": (
        ("A: what's your e-mail", "C: <EMAIL|night owl>", "C: <EMAIL|at gmail dot com>"),
        ("A: what's your e-mail", "C: <EMAIL|garden lady 781>", "C: <EMAIL|at verizon dot net>"),
        ("A: where do i send the confirmation", "C: <EMAIL|purple haze>", "C: <EMAIL|at yahoo dot com>"),
        "it's <EMAIL|r.gallagher at me.com>",
    ),
    "passwords, changed": (
        "can you reset the password to <PASSWORD|badger nine seven six five>",
        ("A: your password please", "C: okay <PASSWORD|hamster63>, last time"),
    ),
    "names, told in any words": (
        "you're talking to <PERSON_NAME|pedro eriksen>",
        "hi there this is um <PERSON_NAME|clementine> i was cut off",
        "hi there this is <PERSON_NAME|leroy kowalczyk k o w a l c z y k>",
    ),
    "addresses, told in any words": (
        "i see <ADDRESS|92 cottonwood drive> here as your address",
        "it shows me <ADDRESS|52 magnolia boulevard> for address correct",
        "<ADDRESS|28 lower green lane> that's my um address",
        ("C: the power's out the address is <ADDRESS|79 willow creek place>",),
        "my mail goes to <ADDRESS|107 nightingale gardens>",
    ),
}

KEPT = {
    "questions for something else": (
        ("A: who do you bank with", "C: barclays"),
        ("A: the engineer who came told me it was fine", "C: right the router keeps blinking"),
        ("A: what can i do for you", "C: my toaster exploded"),
        ("A: where are you coming from", "C: the station at 12 high street"),
        ("A: i can send it by e-mail what is it", "C: the balance is \u00a337.11"),
        "what would you like the new password to be?",
    ),
    "talk where a name is asked for in other words": (
        ("A: who's the account holder", "C: he's a rascal"),
        ("A: your name please", "C: i drove forty eight hundred miles last year"),
        ("A: your name please", "C: indigo flight 989 from gate 16"),
        ("A: your name please", "C: everybody asks"),
        ("A: your name please", "C: shush get down sorry the dog"),
        ("C: who can i talk to", "A: the strength"),
        "i'll give it a name and save it",
    ),
    "addresses of shops": (
        ("C: what's the address there", "A: it's at 29 east allen street"),
        ("C: can you grab me the address", "A: the address is 60 furman street"),
        ("A: where would you like to live", "A: i have found a flat at 200 greenbriar circle"),
        ("A: where did he send it", "C: there were seven of us in the house"),
    ),
}
