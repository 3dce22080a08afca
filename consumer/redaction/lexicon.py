"""The words of spoken numbers and what stands around them; one class letter for every word that matters.

An utterance becomes a string of these letters, one per token, and the patterns of numbers.py run over that string.
"""

from typing import Final

DIGIT: Final = "d"
TEEN: Final = "t"
TENS: Final = "T"
HUNDRED: Final = "h"
THOUSAND: Final = "k"
TIMES: Final = "m"
WRITTEN: Final = "n"
WEAK: Final = "w"
NEIGHBOUR: Final = "W"
FILLER: Final = "f"
JOINER: Final = "a"
CARRIER: Final = "g"
EITHER: Final = "e"
UNIT: Final = "u"
MONTH: Final = "M"
ORDINAL: Final = "O"
LETTER: Final = "l"
DOT: Final = "D"
AT: Final = "A"
OTHER: Final = "x"
TAG: Final = "G"
HIDDEN: Final = "\u00a4"  # stands for what is hidden already; no folded text holds it

DIGITS: Final = {
    "zero": "0", "nought": "0", "naught": "0", "zeros": "0", "zeroes": "0", "ohs": "0", "nil": "0",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ones": "1", "twos": "2", "threes": "3", "fours": "4", "fives": "5", "sixes": "6", "sevens": "7", "eights": "8",
    "nines": "9", "niner": "9",
}  # fmt: skip
TEENS: Final = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
TENS_WORDS: Final = {
    "twenty": "20", "thirty": "30", "forty": "40", "fourty": "40", "fifty": "50", "sixty": "60", "seventy": "70",
    "eighty": "80", "ninety": "90", "ninty": "90",
}  # fmt: skip
MULTIPLIERS: Final = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4, "quad": 4}

# What a recogniser writes for a digit: a digit where another stands right beside it.
NEIGHBOURS: Final = {
    "oh": "0", "o": "0", "owe": "0", "sero": "0", "won": "1", "wan": "1", "tu": "2", "tree": "3", "free": "3", "thee": "3",
    "fore": "4", "fo": "4", "fower": "4", "foe": "4", "fife": "5", "sicks": "6", "sex": "6", "sics": "6", "six's": "6",
    "severn": "7", "ate": "8", "hate": "8", "nein": "9", "nyne": "9", "nines": "9",
}  # fmt: skip
DOUBTFUL: Final = frozenset(("oh", "hate", "free", "sex", "thee"))
# The same for words too common to be sure: between two digits, or while a number is being given.
HOMOPHONES: Final = {"to": "2", "too": "2", "for": "4"}

FILLERS: Final = frozenset("uh um er erm ah eh hmm hm mm uhm umm uhh mhm huh like well okay ok".split())
JOINERS: Final = frozenset("and then minus space hyphen dash".split())
# What people say around an answer that is about nothing else: to whom, how sure, how slowly, what was wrong, whether it was heard.
ANSWERING: Final = frozenset(
    """
    madam sirs dear love darling honey sweetheart mate buddy pal guys boss folks ji haan lady gentleman guy bloke chap fella colleague
    heaven's goodness god's god gosh sake lord fine bet worries problem
    told tell telling lie truth honest honestly frankly
    reckon guess suppose believe hopefully presumably apparently basically obviously
    hear heard understand understood follow followed following after came through clear loud
    repeated spell spelt slow quick quickly careful carefully ready listening
    bear patient patience pardon excuse apologies apologise apologize
    cheers ta lot only everything fully done complete completely altogether
    typed typing type entered enter wrote write writing written noted noting jot jotted put putting
    strike scrap cancel delete disregard ignore forget scratched misread misheard misspoke muddled backwards other way swap swapped
    nah yea yah yup aye roger okey dokey righto gotcha lovely brilliant super marvellous wonderful spot bang absolutely definitely certainly
    wise hand time looks seems appears sounds pretty quite roughly
    you've we've they've i'd you'd should've screen bit smudged rubbed faded worn blurry squint squinting glasses where's gone lost
    space comma
    """.split()
)

CARRIERS: Final = (
    frozenset(
        """
    it's its it is that's that the my your his her our and then so okay ok yes yeah yep yup sure alright all right now first next
    last second third final digits digit numbers followed by end ends ending start starts starting begin begins with in
    are was were be have has got let me see hang hold wait sorry again repeat no nope not correct please thanks hi hello
    read reads here here's this of on would should will i i'll i've i'd you know think what think believe oops actually
    one's say said says just also there there's them these those as well we've group set part rest bit
    get gets getting grab find check checking looking look turn over back confirm confirming double-check repeating catch caught slower slowly
    start starting perfect great good somewhere still got give gimme me i'm can could may might try trying need use using
    by the way ma'am sir cool awesome exactly correctly listed shown at least if helps help did didn't do does don't
    we we're us they you're where who once more line broke up part comes came into onto both bottom top side correction
    course mistake wrong as quite almost nearly starter first one's holding looking
    whole full entire long number's carry keep yourself worn myself under finally
    after what's being up reads reading give gave given comes come goes go going made there'd
    thank visa mastercard amex discover american express area country code prefix front back middle
    """.split()
    )
    | ANSWERING - FILLERS - JOINERS
)
UNITS: Final = frozenset(
    """
    dollar dollars cent cents buck bucks pound pounds euro euros quid pence percent percentage degree degrees
    second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks month months year years night nights
    o'clock oclock am pm noon people person persons ticket tickets times mile miles km kilometers kilometres meter
    meters metre metres foot feet inch inches star stars bed beds bedroom bedrooms bath baths bathroom bathrooms room rooms
    item items piece pieces kid kids child children adult adults guest guests passenger passengers stop stops
    option options thing things gig gigs gigabytes megabytes mb gb mbps kilos kg lb lbs ounce ounces grams
    transfer transfers layover layovers point points business working calendar consecutive calls call messages orders moment mg ml liters litres gallons
    rupee rupees lakh lakhs crore crores grand yen yuan peso pesos franc francs krona kronor kroner dirham dirhams riyal riyals rand zloty
    milligram milligrams gram kilogram kilograms tonne tonnes ton tons stone stones yard yards acre acres hectare hectares centimetre centimetres
    centimeter centimeters cm mm millimetres millimeters litre liter pint pints volt volts watt watts kilowatt kilowatts amp amps
    celsius fahrenheit calories knots mph kph hertz
    pages chapters steps floors storeys stories bags boxes bottles packets
    cars vans trucks buses phones laptop laptops device devices screen screens
    men women girls boys friends dogs cats pets
    emails copies visits attempts tries
    wins losses goals games matches rounds laps
    slice slices cup cups plate plates
    """.split()
)
POINTERS: Final = frozenset("the this that".split())
POINTED: Final = frozenset("i that we is with you it on thing in at for".split())
PHONETIC: Final = frozenset(
    """
    alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec romeo sierra tango
    uniform victor whiskey whisky xray yankee zulu zed zee
    """.split()
)
# What a number is given in: "first bit's", "the last chunk is".
PARTS: Final = frozenset(
    """
    bit bits bit's part parts part's half half's chunk chunks chunk's group groups group's set sets set's block blocks block's piece pieces
    piece's lot lots lot's pair pairs pair's portion portion's section section's segment segment's stretch batch batch's third quarter few
    """.split()
)
# What comes before "by" where more of a number follows: "followed by", "and then continued by".
FOLLOWED: Final = frozenset("followed preceded succeeded continued".split())
MOMENTS: Final = frozenset("second sec moment minute min".split())
MONTHS: Final = frozenset(
    """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    """.split()
)
ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
ORDINAL_ENDINGS: Final = frozenset(("st", "nd", "rd", "th"))

# Words that take the number behind them for their own: a place, a time, a choice.
HOLDERS: Final = frozenset(
    """
    room train bus flight gate floor seat row table exit route highway interstate level section page chapter version
    channel platform track lane aisle step line item option form model size suite building unit apartment apt bay terminal
    building door desk lot number-two at by around about until till before after since between from
    past per only another least most almost nearly roughly approximately every season episode windows hall block stage
    paragraph verse question ext extension store branch locker pier zone district grade class team group-of age aged
    tier league world catch forever station studio pump booth slide volume issue
    error errors fault warning galaxy iphone ipad pixel xbox playstation windows android ios mac macbook series mark mk generation gen
    ward bed junction coach carriage berth cabin deck pitch court field hole round
    chapter verse psalm under below above within
    aged age turning turned nearly almost roughly approximately score scored won lost finished beat drew priority version release draft
    """.split()
)

# Words of every conversation that never own the number behind them.
LOOSE_WORDS: Final = frozenset(
    """
    out off down away back ask asks asked asking me him her them us want wants wanted remember remembered know knew find found
    maybe perhaps probably sure exactly either both now today earlier before already above again somewhere else
    say saying mention mentioned quote quoting call calling but because cause with plus
    """.split()
)

CORRECTIONS: Final = frozenset(
    "not scratch correction meant mean wrong instead oops almost close actually rather nah didn't should".split()
)
NUMBER_NOUNS: Final = frozenset("number numbers digits details info".split())
CLOSERS: Final = frozenset(("speaking", "calling", "here"))  # "maria garcia speaking"
INTRODUCING: Final = CLOSERS | {"hi", "hello", "hey", "this"}  # one of these is in every introduction

# What Genesys' own redaction leaves behind.
VENDOR_TAGS: Final = frozenset(
    f"[{name}]" for name in (
        "card number", "phone", "phone number", "name", "email", "email address", "address", "ssn", "social security number", "date",
        "date of birth", "account number", "number", "zip code", "pin", "cvv", "expiry date", "card expiry date", "location", "password",
        "driver license", "driver's license", "ip address", "passport number", "url", "age", "organization", "person", "pii", "pci",
        "credit card", "money", "security code",
    )
)  # fmt: skip

# Words of every conversation: no names, and no part of a password or an address.
COMMON: Final = frozenset(
    """
    a an the and or but so if because as at by for from in into of off on onto out over to up with without about after before under
    i you he she it we they me him us them my your his her its our their this that these those who whom whose which what
    when where why how is am are was were be been being do does did done have has had having can could shall should
    might must not no yes yeah yep yup nope okay ok right sure well uh um er hmm mm hi hello hey bye goodbye thanks thank please sorry just
    only also too very really actually here there now then today tomorrow yesterday again still yet already calling call called speaking
    speak need needs needed want wanted like got get getting give gave go going went come coming came make made take took let lets know
    think see say said says tell told ask asked help helping looking look try trying would i'd i'm i'll i've you're you've it's that's
    what's there's don't didn't can't won't isn't doesn't we're we'll we've they're he's she's let's how's where's who's account number numbers
    card phone email address name names date order customer agent ma'am sir mister bank company department team new old all any some one two
    three four five six seven eight nine ten zero spelled spelt spell correct wrong great good fine perfect awesome excellent wonderful
    lovely absolutely certainly definitely exactly alright cool concerning regarding since while until during per via another other same
    first last middle full haven't hasn't wasn't couldn't wouldn't shouldn't aren't cause supposed always never maybe probably kind sort
    moment second minute wait hang hold keep carry ahead ready done question problem issue thing things way time day week month year back
    every each both few more most much many lot little bit long next previous current sounds sound true false bear lost forgot forget
    remember mean means meant guess hope believe read reading check checking double confirm confirming verify listed under put use using
    mother father husband wife son daughter brother sister friend boss partner policy reservation booking ticket appointment
    gonna wanna gotta there'll that'll it'll everything anything something nothing anyone someone everyone nobody happy glad afraid
    actually basically honestly usually normally mostly nearly almost yourself myself himself herself themselves itself oh ah
    helps works work working paid pay paying bill bills billing service support sales manager supervisor office home house car
    password pin code social security birth zip postal expiration cvv routing savings checking debit credit payment refund
    """.split()
)

_SPOKEN_PUNCTUATION: Final = {
    "slash": "/",
    "stroke": "/",
    "dash": "-",
    "hyphen": "-",
    "dot": DOT,
    "plus": "+",
    "underscore": "_",
    "comma": ",",
}


def _classes() -> dict[str, str]:
    table: dict[str, str] = {}
    for words, letter in (
        (CARRIERS, CARRIER), (UNITS, UNIT), (ORDINALS, ORDINAL), (MONTHS, MONTH), (FILLERS, FILLER), (JOINERS, JOINER),
        ("bcdefghjklmnpqrstuvwxyz", LETTER), (NEIGHBOURS, NEIGHBOUR), (HOMOPHONES, WEAK), (MULTIPLIERS, TIMES), (TENS_WORDS, TENS),
        (TEENS, TEEN), (DIGITS, DIGIT), (("hundred", "hundreds"), HUNDRED), (("thousand", "million"), THOUSAND),
    ):  # fmt: skip
        table.update(dict.fromkeys(words, letter))
    table.update({"or": EITHER, "nor": EITHER})
    table.update(_SPOKEN_PUNCTUATION)
    table.update({"at": AT, "a": LETTER, "may": MONTH, HIDDEN: TAG})
    table.update(dict.fromkeys("~`^|\\<>{}[]", ";"))
    table.update({mark: mark for mark in ".,-/:()+#@$%'_&*=?!\";"})
    return table


CLASSES: Final = _classes()
VALUES: Final = {**DIGITS, **TEENS, **TENS_WORDS, **HOMOPHONES, **NEIGHBOURS}
NUMBER_WORDS: Final = frozenset((*DIGITS, *TEENS, *TENS_WORDS, *MULTIPLIERS, "hundred", "thousand"))
