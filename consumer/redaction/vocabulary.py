"""What words are worth as parts of an answer: words of talk are none, everyday words may be, all others speak for a name or a password."""

from functools import lru_cache
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction.alphabets import CODE_WORDS
from consumer.redaction.commonplace import COMMONPLACE
from consumer.redaction.everyday import EVERYDAY

# Words that hold a sentence together, and what people say around an answer.
_TALK: Final = frozenset(
    """
    earth beg begs begged shush hush everybody everybody's asks halfway midway holder poor bless goodnight afternoon afternoons anyway through round lose losing lost em upstairs downstairs upon able about above across actual ago agree agreed ain't almost alone along already also although altogether amazing among anybody anyhow
    anymore anyways anywhere apart apologies apologise apologize appreciate appreciated apparently around aside assist assistance available
    away awful bad badly bang because become been beforehand begin being believe below beside besides best better between beyond bother
    bring brought buddy built busy buy bye came catch caught certain change cheers clear clearly close closed come complete completely
    concerned confirm confirmed congratulations consider considered contact couple course curious darling dead deal dear decent definitely
    despite different difficult disconnected discuss doubt down drop dropped dude during easier easy either else elsewhere end ended enough
    ensure enter entered entire especially even evening ever everywhere exact except excuse expect explain extra extremely fair fairly fancy
    far fast feel few fill final finally find finding fix follow following forward found frankly free frequently fully further general
    generally gentleman give glad god god's goes gone goodness gosh gotcha grab granted guys haan half hand handle handy happen happened
    happens hard hardly hate haven heaven heaven's hear heard heavens hello hence herself hopefully horrible how'd how've however huh
    hurry idea immediately important impossible inconvenience indeed inform initially inside instead into invalid ji job keep kept kid kidding
    kindly kinda knew know known knows lady ladies large last late lately later lead least leave left less lets likely listen listening lit
    literally load looks lord lost loud love louder luck ma'am madam madame main mainly major manage many mate matter maybe meanwhile
    mention mentioned merely mess met mind mine minor minutes miss missed missing mistake mixed more morning mostly move moving mum mum's
    name's neither never nevertheless nice nobody none nonetheless nor normal noted nothing notice nowhere number obvious obviously odd
    often ooh oops okey one's ones opposite option ordinary original originally otherwise ought ourselves outside own pardon particular
    particularly past pen people perhaps period personally pick picked place placed plain plenty plus point pop popped popping possible
    possibly prefer pretend previously pretty proceed proper properly provide provided pull pulling put quick quickly quiet quietly
    quite random rang rather reach reads real reason reasonable reckon recall receive received recent recently record recorded regarding
    regards related relax repeat repeated reply require required rest ring rings righto road rough roughly rubbish rude run running rush
    sake satisfied saw second seem seemed seems seen send sending sense sent separate separately serious seriously set several shall short
    shortly shot shout show shown side similar simple simply single sit slight slightly slow slower slowly small somebody somehow someone
    something sometime sometimes somewhat somewhere soon sooner sort sorted sorts spare specific specifically spoke spoken spot start started
    stay stayed still stop stopped straight strange strictly stuck stuff stupid such sudden suddenly suggest super suppose surely surprise
    swear ta ta-ra tada take taken taking talk talking task technically telling terrible terribly than that'd that's themself themselves
    there'd thereby therefore they'd thinking third this though thought threw throughout thru thus tick ticks till tiny together told tonight
    took top total totally touch towards tricky tried trouble true truly trust truth turn turned typed typing typically ugh unable
    unbelievable unclear underneath understand understandable understood unfortunately unless unlike unlikely until unusual upset useful
    useless usual various vary versus view void vs waited waiting walk watch we'd weird welcome well went weren't whatever what've whenever
    where'd where's whereabouts whereas wherever whether whichever whilst who'd who'll who's who've whoever why's wide wife's wise wish within
    wonder wondering worked worries worry worse worst worth would've wow wrote ya yet y'all you'd you've yours zilch zip
    add fade faded smudged worn scratched peeled torn cancelled canceled dying lying older faster bigger newer larger higher lower nicer longer cheaper beautiful wicked sorted mint super magnificent legend bullshit crap nuts ridiculous insane crazy absurd outrageous unfair pathetic shambolic diabolical horrendous appalling ludicrous nonsense scam joke private personal complicated urgent upstairs broken cold raining ok'd begins bloody blimey brilliant cannot cause certainly charge cheaper clue couldn't could've crackle cup darn delighted double dramas duh
    dunno ends fab fabulous fantastic faint fave fella fellow flip folks forgive funny gee genuinely grand gladly glorious hiya hm hmm hooray
    horses howdy hundred i'd ish itself jeez jolly kindest ladder letter letters lad lads lower lowercase luckily marvellous marvelous
    mm mhm mmhm might've morning's naturally naw nah nay needn't next noise nope oi oopsy ordinarily pleasure polite precisely presumably
    promise respectfully rightly rightyo say's search shan't should've shucks simple sir's smashing spelling splendid stunning superb
    suit suits sweet swell symbol terrific thankfully thanking there'll thingy tidy today's tops true uh-huh umm unsure upper uppercase
    wee whew whoa whoops willing wonderfully yah yay yeh yikes yo yup
    advise allow allowed answer answering appear appears apply approve approved arrange arrive arrived avoid aware
    bought break broke broken burn carry check choose chose chosen claim clean click collect compare complain connect continue correctly count
    cover create cut decide decided delay deliver delivered depend describe disappear drive eat exist expected expire expired explain fail failed
    fall fell felt fight file finish finished fit forgive forgot gather guess guessed happen heard hide hit hurt ignore imagine improve include
    included increase install invite join joined judge jump keep kick kill knew land laugh lay learn lend lie lift listen lived live lives
    locate located log logged losing loved maintain mark match means meant mind monitor nodding note offer open opened operate
    own owe park pass passed perform pray prepare press pressed print protect prove pulled pushed quit raise raised rated reaching realise realize
    reduce refer refund refuse reject release rely remain remember remind remove rent replace report request reset resolve respond result
    retire return returned review ride rise sat save scare screen seek sell serve shake share ship shipped shoot shopping
    shut sign signed sleep slip smell smile solve sorting sound spend spent split squeeze stand stood stole store stored stress struggle study
    submit succeed suffer suggest switch talked teach tear test throw tie train transfer travel treat trick trip
    type unlock update upgrade upload use used visit wake wanna warn wash waste wear win wipe won wrap write writing written yell
    """.split()
)
_PARTICIPLES: Final = ("ing", "ed", "ly")
_DERIVED: Final = (
    *_PARTICIPLES,
    "s",
    "es",
    "'s",
    "er",
    "ers",
    "est",
    "y",
    "d",
    "'ll",
    "'d",
    "'ve",
    "'re",
    "n't",
    "ness",
    "less",
    "ful",
    "ish",
    "ies",
    "ied",
    "ier",
)
_KNOWN: Final = (
    _TALK
    | EVERYDAY
    | COMMONPLACE
    | lx.COMMON
    | lx.CARRIERS
    | lx.FILLERS
    | lx.JOINERS
    | lx.UNITS
    | lx.MONTHS
    | lx.HOLDERS
)
_SHORTEST_STEM: Final = {"er": 5, "ers": 5, "est": 5, "y": 4, "d": 4, "ish": 4}  # "is" is no plural, and "Peter" no pet
_NOUNS: Final = (
    "tion",
    "sion",
    "ment",
    "ness",
    "able",
    "ible",
    "ity",
    "ous",
    "ive",
    "ing",
    "ism",
    "ally",
    "edly",
    "fully",
    "ance",
    "ence",
    "ology",
)
_LONG: Final = 8  # letters of a word whose ending says that it is no name: "verification", but "Clive"
_CONTRACTED: Final = ("n't", "'ll", "'d", "'ve", "'re", "'m")


TALKED: Final = lx.COMMON | _TALK | lx.FILLERS | lx.CARRIERS | lx.UNITS
_SAID: Final = _KNOWN.union(lx.CLASSES, CODE_WORDS)


def is_talk(word: str) -> bool:
    """Tell whether a word belongs to talk and to no name, password or street."""
    return word in TALKED or _formed(word)


@lru_cache(maxsize=4096)
def _formed(word: str) -> bool:
    """Tell a word of talk by its ending."""
    return word.endswith(_CONTRACTED) or (word.endswith(_PARTICIPLES) and word not in EVERYDAY and _derived(word))


def is_known(word: str) -> bool:
    """Tell whether a word is one of talk or of every day, in any of its forms."""
    return word in _SAID or _known_form(word)


@lru_cache(maxsize=4096)
def _known_form(word: str) -> bool:
    return not word[0].isalpha() or (len(word) >= _LONG and word.endswith(_NOUNS)) or _derived(word)


def _derived(word: str) -> bool:
    """Tell "bucketing", "refused", "ladies" from their stems."""
    for ending in _DERIVED:
        if not word.endswith(ending) or len(word) - len(ending) < _SHORTEST_STEM.get(ending, 2):
            continue
        stem = word[: -len(ending)]
        if stem in _KNOWN or stem + "e" in _KNOWN or stem + "y" in _KNOWN:
            return True
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in _KNOWN:  # noqa: PLR2004 - "running"
            return True
    return False
