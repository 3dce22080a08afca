"""Who calls and where they live: made-up names, streets, towns, e-mail hosts and passwords of two countries and their immigrants."""

from tests.bench.redaction.generators.fresh.bank import listed

FIRST = listed(
    "abigail beatriz callum deepak edwin francesca gareth harriet imani jerome katarzyna lorraine mohammed niamh "
    "olumide patricia quentin rajesh siobhan terrence ursula vikram wendy xiomara yolanda zachary anjali barnaby "
    "chiara denise ezekiel florence gurpreet howard ines jamal kirsty leroy maureen nikhil ophelia pedro rosalind "
    "sanjay thaddeus valentina winston aisha bernard clementine darnell esperanza faisal gwendolyn hyejin ivan "
    "josephine keith ludmila maeve norbert paulette reggie shanice trevor veronica faith summer chase drew hope sunny"
)
LAST = listed(
    "abernathy blackwood castellanos dhillon eriksen fairweather gallagher hutchinson iqbal jankowski kaczmarek "
    "lamontagne mukherjee nakamura oyelaran papadopoulos quigley rosenthal sutherland thistlewood underhill "
    "villanueva wojcik yamamoto zimmerman ashworth brannigan chowdhury desrosiers ellsworth farrugia goldberg "
    "hargreaves ibrahim jefferson kowalczyk lockhart montgomery nguyen ogunleye patel ramirez stephenson "
    "tremblay vasquez wetherby adeyemi bhattacharya carmichael donovan espinoza ferguson gutierrez holloway "
    "bishop cook long page stone walker o'neill d'angelo mcbride macdonald"
)
US_STREETS = (
    "birchwood lane",
    "jefferson avenue",
    "pine ridge road",
    "north clark street",
    "peachtree circle",
    "cottonwood drive",
    "south ninth street",
    "magnolia boulevard",
    "old orchard way",
    "dogwood court",
    "highland park drive",
    "east thirty fourth street",
    "willow creek place",
    "washington street",
    "saddleback trail",
    "lake shore parkway",
    "juniper terrace",
    "hickory hollow road",
)
UK_STREETS = (
    "station road",
    "albert street",
    "rectory close",
    "the crescent",
    "mill hill lane",
    "beech grove",
    "wellington road",
    "saint andrews drive",
    "tanners row",
    "high street",
    "park view",
    "nightingale gardens",
    "canal walk",
    "northumberland avenue",
    "cherry tree close",
    "castle mews",
    "broadoak road",
    "lower green lane",
)
US_TOWNS = (
    "spokane washington",
    "akron ohio",
    "baton rouge louisiana",
    "tucson arizona",
    "erie pennsylvania",
    "dayton ohio",
    "mobile alabama",
    "fresno california",
    "portland maine",
)
UK_TOWNS = ("norwich", "wolverhampton", "aberdeen", "cardiff", "blackpool", "exeter", "sunderland", "luton", "derry")
HOSTS = listed(
    "gmail.com gmail.com yahoo.com hotmail.co.uk icloud.com sky.com comcast.net live.com talktalk.net me.com msn.com "
    "virginmedia.com verizon.net fastmail.fm gmx.de brightwater.org oakfield-school.org harlowpartners.com"
)
HANDLES = listed(  # a plus stands where a recogniser may hear two words
    "lazy+dog big+fish night+owl garden+lady red+kite surfer+dude apple+pie moon+child trucker happy+feet book+worm "
    "cat+lover old+timer green+bean steelers+fan rugby+mad teapot cricketer skylark honey+bee"
)
SECRET_WORDS = listed(
    "marigold cathedral buttercup chelsea snowflake thunder pickle hamster lavender juniper trombone avocado badger "
    "cinnamon harvest penguin saturn velvet walnut zeppelin"
)
CODE_WORDS = {
    "a": "apple alpha adam",
    "b": "bravo bob boy",
    "c": "charlie cat",
    "d": "delta david dog",
    "e": "echo edward egg",
    "f": "foxtrot frank freddie",
    "g": "golf george",
    "h": "hotel harry",
    "i": "india ice igloo",
    "j": "juliet john jam",
    "k": "kilo king kite",
    "l": "lima larry lemon",
    "m": "mike mary mother",
    "n": "november nancy nut",
    "o": "oscar orange",
    "p": "papa peter",
    "q": "quebec queen",
    "r": "romeo robert",
    "s": "sierra sam sugar",
    "t": "tango tom tommy",
    "u": "uniform umbrella",
    "v": "victor violet",
    "w": "whiskey william water",
    "x": "x-ray",
    "y": "yankee yellow",
    "z": "zulu zebra",
}
