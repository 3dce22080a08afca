"""Words of every day, and the names among them."""

from typing import Final

# Nouns and adjectives of every day: a name or a password can be one ("chase woods", "kettle"), small talk is full of them.
EVERYDAY: Final = frozenset(
    """
    boulevard avenue crescent terrace twice thrice reverse source bark blink leaflet bin poorly signature strip magnetic chip sticker squeak beep flicker glitch reboot
    united system systems deaf blind tall dinner lunch dog cat dogs cats ward bed crawl public accident act action activity adult advantage advert advice air airline airport alarm album alcohol amount angry animal ankle anniversary
    apartment app apple application april area arm army art article ask assembly assistant attempt attention august aunt author autumn
    baby background bag baker ball balloon banana band bar barn basement basket bath bathroom battery beach bear beard beautiful bed
    bedroom beer bell belt bench bike bill bird birthday black blanket blood blue board boat body bone book booking boot border boring
    bottle bottom bowl box boy branch bread breakfast brick bridge broadband brother brown browser brush bucket budget bug builder
    building bunch bus bush business butter button cabinet cable cake calendar camera camp canal cancer candle cap capital captain car
    care carpet cart case cash castle cat ceiling center centre chain chair champion chance channel chap charger chat cheap cheese chef chest
    chicken chief child children chip chocolate choice christmas church cinema circle city class classic clinic clock cloth clothes
    cloud club coach coast coat coffee coin cold college color colour comfort common community company complaint computer concert condition
    contract control conversation cook cookie cool copper copy corner cost cottage cotton council country court cousin cow cream
    credit cricket crime cross crowd cry culture cupboard current curtain customer cycle dad daily damage dance danger dark data database date
    daughter dawn day death december deck decision deep degree delivery dentist department desert design desk dessert detail device diamond
    diet dinner direct direction dirt dish distance doctor dog dollar dolphin door dragon drama drawer dream dress drink driver drum dry duck
    dust duty eagle ear early earth east edge effort egg elephant email employee empty energy engine engineer english error estate euro event
    exam example exchange exit expensive experience expert eye fabric face fact factory fake family famous farm farmer fashion father fault
    favor favour favourite favorite fear february fee feedback feet fence fever field figure film finance finger fire fish fisher flag flat
    flight floor flower fly folder food foot football forest fork form fox frame freedom fresh friday fridge friend frog front fruit fuel fun
    game garage garden gas gate gift giraffe girl glass glove goal goat gold goose government grade grand grandma grandpa grandson grape
    grass gravy gray green grey grocery ground group guard guest guide guitar gun guy gym habit hair hall hammer happy harbour hat head
    headphone health heart heat heavy height helmet help helper hen high hill hip history hobby hole holiday home honey hook horse
    hospital host hot hotel house huge human hunter husband ice icon illness image inbox inch income industry infant injury ink insurance
    interest internet invoice iron island issue item jacket january jar jeans jelly jersey jewel journey juice july june jungle junior kettle
    keyboard kilo kind king kitchen kite kitten knee knife knight lake lamb lamp landlord lane language laptop lawyer layer leader leaf
    leather lecture leg legal lemon lesson level library license life light limit line link lion lip liquid list liter litre living lizard loan
    lobby local lock lodge logo london lonely long lorry low luggage lunch machine magazine magic mail maintenance man manager mango
    manual map march market marriage master mate mattress meal meat medicine meeting member memory menu message metal meter method mile military
    milk miller million mirror model modem moment monday money monkey monster monthly mood moon mother motor mountain mouse mouth movie
    mug museum music nail narrow nation nature neck needle neighbor neighbour nephew nest network news newspaper niece night noon north nose
    november nurse nut ocean october office oil olive onion online oven orange organ owner package pack paint pair pal palace pan panda
    panel panic paper paragraph parcel parent park parking part partner party passenger passport paste patch path patience patient pattern
    peace peach peanut pear pencil penny pension pepper percent perfume person pet photo piano picture pie piece pig pillar pillow pilot pin
    pink pipe pirate pizza plan plane planet plant plastic plate platform play player plug pocket poem poet police policy pool poor pope
    popcorn port porter position post poster pot potato pound powder power practice present president pressure price prince princess
    printer private prize problem process product program programme project promo property purple purse puzzle quality quarter queen
    rabbit radio rail rain rainbow range rate raw receipt reception recipe red region register registration relationship report
    representative reservation restaurant rice rich river robot rock roof room root rope rose route router row royal rubber rule sad safe
    sail salad sale salon salt sandwich sandal saturday sauce sausage school science score scotland scout sea season seat secret
    section seed senior september series server service shade shadow shampoo shape shark sharp sheep sheet shelf shell shepherd
    shield shift shine shirt shock shoe shop shoulder shower sick signal silent silk silver singer sister site size ski skill
    skin skirt sky sleeve smart smoke snack snake snow soap social society sock sofa soft software soil soldier solid son song
    soup south space speaker spell spider spirit spoon sport spring square squirrel staff stage stair stamp star state statement station steak
    steam steel step sticker stock stomach stone storm story stove stranger straw strawberry stream street string strong student style
    subject sugar suite summer sun sunday sunshine supper supply surgery swan table tablet tail tailor tank tap target taste tax taxi tea teacher team
    telephone television temperature tennis tent term text theatre theme thumb thunder thursday ticket tie tiger timber title toast toilet
    tomato tool tooth total tourist towel tower town toy track trade traffic tree truck trunk tube tuesday tune tunnel turkey turtle tv
    umbrella uncle unicorn uniform union unique university user vacation valley value van vegetable vehicle version video village violin virus
    visitor vodka voice volume waist waiter wall wallet walnut war wardrobe warm warrior water wave way weather web website wedding wednesday
    weekend weight west whale wheel white wifi wild wind window wine wing winter wire wolf woman wood wool word world worm wrist yard
    year yellow yoghurt young zebra zone zoo
    account address balance billing broker code contract delivery detail details discount domain download draft extension fax file form forms
    gigabyte handset hold info information keypad label landline latte login mailbox mailing menu minute mobile password payment phone postal
    postcode premium profile provider query receipt reference renewal sim subscription tariff technician texts tracking trial username voicemail
    voucher warranty wireless advisor agent caller colleague operator receptionist rep supervisor tech buddy husband wife mum mom dad grandmother
    grandfather granddaughter cab kids tube reserve gig appointment barbecue bloke cash chemist cinema clutch dishwasher freezer heater heating
    hoover laundry lounge lunchtime microwave nappy nursery petrol playground postman pub shed sink tyre
    am pm chew crawl rung plug unplug ref waive inn desktop laser galaxy docket consignment milligram litre sunrise sunset tablet rupee sandals
    accent accept acceptable accommodate accompany accurate acoustic acre active actor actress adapter add addict addition additional
    adjust admission adress adventure advertise affair affirm afford affordable agency aim alley alliance alternative ambient ambulance
    amenity analog analogue animation annual anxious appeal appetite applaud appoint approval approximate arrest arrival arrow artist
    asleep asset athlete attach attachment attack attend attic attitude attraction attractive authority average await award awkward
    badge balcony bare bargain barrel base baseball basic bat bay bean beast beat behalf belong benefit bet bid big bind bite bitter
    blade blame blank bleed blend bless blind block bloom blow boil bomb bonus boost border bore bored boss bounce bound boyfriend brain
    brake brave breath breathe breed breeze brief bright broad bronze bubble bulb bull bullet bump burst bury cage calculate calf calm
    candidate capable capacity capture carbon career carefully cargo carrot cast category cater cave celebrate cell cement
    ceremony certificate chalk channel chaos chapter character characteristic charm chase cheerful chin chuck cigarette circuit
    circumstance citizen civil clarify clay clerk clever clip coal coconut code collapse collar collection column combine comedy
    comfortable comic comment commercial committee compete complex concentrate conduct confidence confident confirmation conflict
    connect connection consequence consult contact contain contest context convenience convenient corn cough courage cracker cradle
    craft crane craving crazy crew crisp criteria critic crop crown cruel cruise crush cube cultural cure curiosity curl curry curve
    cushion custard cute dairy daytime debate debt decade decorate defeat defence defend define demand demon deny depart departure
    deposit depress deputy description designate desire desperate destination destroy develop dial dig digital dine dined director
    disaster disease dismiss dispatch dispute ditch dive divide divorce dock document documentary domestic donkey dose doughnut drain
    draw drift drill due duration dusk eager echo economical economy edit edition educate effective elbow elderly elect electric
    electrician electronic elegant element eleven embark embarrass emergency emotion empire enable encourage enemy engage enjoy
    entertain entertainment entrance entry equal equipment era escape essay essential establish estimate evil examine excellent excite
    exciting executive exercise exhibition expand expectation expense expertise exploit explore explosion export expose facility factor
    faith fame familiar fan fantasy fare fatal feather feature federal fellow female festival fetch fiber fibre fiction fifty finish
    fireplace firm flame flash flavor flavour float flood flour flow flu foam focus fog fold folk forecast forgive formal fortune
    foundation fountain fraud freeze frequent friendly frost frozen fruit frustrate fry function fund funeral fur furnish furnished
    furniture furthermore future gallery gap garlic gear general generation generous genre gentle giant ginger girlfriend glad glimpse
    global globe glory glue golden gonna gossip grab gracious grain graph grateful grave greedy grief grin grip grocer gross grow growl
    growth guarantee guilt guilty gum habitat hail hairdresser harm harmony harvest hatch hazard headache heel hell heritage hero
    hesitate hint historic hollow honest honor honour horn horrible horror household humble humid humidity humour hungry hut ideal
    identify idiot idle illegal immense impact impress inbound incident incorrect increase independent index individual influence inform
    ingredient inhabit initial initiate inner innocent insect inspect inspector instance instruction instrument insult intelligent
    intend intended intense intermediate internal interrupt interview invade invent invest invitation involve iron itinerary jackpot
    jail jam jealous jet joint joke journal joy jury justice keen kettle kingdom kneel knock knot knowledge labor labour lace lad lap
    latter launch lawn lazy leak lean leap lease lecture legend leisure length liberty lick lightning likelihood limb limp loaf loan
    lobby lobster location logic lookout loose lover loyal loyalty lucky lung luxury magnet maid majority mankind manner margin marine
    mask mass massive mature maximum meaning measure mechanic medal media medical medium melt memorable mental mercy merit metropolis
    midnight mild mill mine mineral minimum minister minority mist mobile moderate modern modest modify mood moral mortgage motion
    motive mud multiple murder muscle mushroom mutual mystery naked nasty native natural naughty navy near neat necessarily necessary
    necessity neglect nerve nervous nickel noble nod noon nowhere nuclear oak obey object oblige observe obtain occasion occur offence
    offense official opening opinion opportunity organ organize origin outbound outcome outdoor outdoors outer outfit outlet outline
    output outstanding oven overcome overnight overseas ox oyster pace packet pact pad pain pale pants parade parliament partial
    partially passage passing passion passive patch pause peak pedal peel penalty penguin performance perfume permanent permission
    permit personal petal philosophy phrase physical pickup pitch plain plaster plastic playback pleasant plot plough plumber plunge
    poison pole polish polite politics pond pony popular porch pork portrait possess possibility pour poverty praise prayer precious
    precipitation precise predict preference premise preserve pride priest primary prime principal priority prison privacy privilege
    profession professional profit progress promise promote prompt pronounce proof proper proposal prospect proud pub pulse pump punch
    punish pupil purchase pure pursue quantity quarrel quest quilt quit quote race rack radar rage raid railway rainfall ranch rare rat
    rating raven raw ray react rear rebel recipient reckless recommend recommendation recover recruit reflect reform regime region
    regret regular reign relate relation relative relevant reliable relief religion religious reluctant remainder remote rental repair
    repay reputation requirement rescue research reserve residence resident residential resist resort resource rest restriction retail
    retreat retrieve retry reveal revenge reward rhythm ribbon rid ridge rifle ripe ritual rival roar roast rob robin role romance
    romantic roommate rot rotten routine rug ruin ruler rumour sacred saddle saint salute sample sand satellite satisfaction satisfy
    scale scar scatter scene scent schedule scheme scholar scope scratch scream scrub sculpture seal secure select selection session
    settle setup shallow shame shave shed shelter sheriff shore shovel shrimp shrink shrug shuttle shy siege sigh sight silence silly
    sin skate sketch skull slave slice slide slope slot slow smooth soak sober soccer solar sole solo solution sore soul sour spacious
    spare spark sparrow special specialist specialty species specify speech speed spin spit splash spoil sponge sponsor spot spray
    spread squad stable stadium stain stake stall standard stare starve statue steady steal steep steer stem stiff sting stir stomach
    stool stranger strategy stream stretch strike strip stroke studio substance subtitle subtle suburb success successful sufficient
    suggestion suitable sunset surface surname surround survey survive suspect suspend suspense swallow swear sweat sweep swim swing
    sword sympathy syrup tackle tale talent tall tame tangle tap tape task telegram temp temple tempt tenant tender tense tension terror
    therapist therapy thick thief thigh thin thread threat throat throne thrust thug tide tidy tile timing tin tip tired tissue toad
    tobacco toe tomb ton tone tongue torch tough tour tournament tower trace tradition tragedy trail transaction transactions transport
    transportation trap tray treasure treaty tremble trend trial tribe tribute trousers trumpet tub tulip tune twin twist ugly ultimate
    ultra unavailable undertake uniform unit universe urban urge urgent utility utilize vain valid valuable vanish variety vast
    vegetarian vein venture venue verb verdict vessel viable vibrant vice vicinity victim victory villain violent virtue vision vital
    vivid volcano volunteer vote voyage wage wagon wander ward wealth weapon weave weed weep weigh wet whip whisper whistle wicked
    wicket widow width wildlife willow wit witch witness worship wound wreck wrist yacht yarn yawn yield youth zero
    """.split()
)

GIVEN: Final = frozenset(
    """
    may rich august amy andy tony mary carter cody parker piper prince
    april art autumn barry betty bill billy buddy casey chance charlie chase chip chuck clay constance dawn dusty faith florence forest
    fred ginger guy harmony holly honey hope hunter india james jan jared jewel joy june lane lawrence lily mark mercy mike miles mindy
    misty olive oscar patience penny perry poppy porter prince prudence ray river rob robin rose ross sally sandy sierra sky sonny stone
    summer terrance tracey tracy trip victor will willow
    """.split()
)
"""Given names that are words as well."""
SURNAMES: Final = frozenset(
    """
    baker ball banks barnes beach bell bird black bond booker bowler bowling branch branches bridges brown browning bull burns bush
    carter castle chase childs church clerk cook cotton crane cross cruise day driver east english
    farmer fear fells field fielding fields fish fisher flower flowers ford forest fox gardener glass gold golding gray green
    grey hall harding hardy hill hills homes hook hope horn house houses hunter irons joy judge keen king kitchen knight ladd lake lamb
    lane lion lively london long lord love major manning may miles miller mills moody nail new nickel noble
    north oakes oaks pack page park parks peel pepper plant pond pool pope porter post potter power powers price pride read
    reader reading rice rich rivers rock root rose rush salt sharp shepherd shields shore short sides silver singer skinner small
    smith snow start steel stone street strong sugar summers swan sweet temple tower towers trainer turner walker wall waller
    walls ward waters weaver wells west wheeler white winters wise wolf wood woods young
    """.split()
)
"""Last names that are words as well."""
