"""More words of every day: past tenses, things of the house and the road, illness, weather, animals and what people say of each other."""

from typing import Final

COMMONPLACE: Final = frozenset(
    """
    drove driven flew flown rode ridden chose chosen froze hid hidden bit bitten blew blown grew grown drank drunk sang sung sank sunk swam swum
    wore worn tore torn woke woken shook shaken stole stolen swore sworn fell fallen felt fed fled fought sought bought brought built burnt
    caught dealt dug drawn drew eaten ate forgave forgotten hung hurt knelt laid lain leapt learnt lent lit meant paid rang risen rung sold
    shone shot shrank slept slid spent spun spread stank stood struck stuck stung swept swollen swung taught threw thrown trod wept woven wound
    adore admire amuse annoy ban bake barge beam blush bruise budge burp cheat chat choke chop clap climb cling coax cope crack creep cringe crumble
    cuddle dangle dare dash daydream delight dip disappear dodge drag drown dump dwell faint fidget flap flee fling flip flirt flush forbid fret
    fumble gasp gaze giggle glance glide gobble grate greet grumble guess hop howl hug hum hurl itch jiggle jog juggle kick kiss lament laugh leap
    linger litter loosen lurk moan mumble mutter nag nap nibble nudge overhear paddle peek peer pet plead poke ponder pop pounce pout prod prune rattle
    rave relish rinse rummage scoff scold scoop scribble shatter shiver shred shriek simmer sip skid skip slam slap slip smash smear smell sneak sneeze
    sniff snore sob soothe squeeze squirt stab startle stroll stuff stumble sulk swap sway tease throb tickle tiptoe toss tow trample tug tumble vomit
    wail whine wiggle wink wobble wrestle yank yap yelp yodel
    rascal monkey brat toddler grandchild grandchildren grandparent grandparents twins triplet sibling siblings fiancee stepson stepdaughter carer widower
    ex-husband ex-wife in-laws landlady lodger flatmate housemate neighbours missus gran granddad nan nana auntie pensioner teenager youngster
    heron hedgehog hamster puppy kitten parrot budgie canary pigeon seagull squirrel badger otter weasel ferret gerbil guinea goldfish tortoise
    snail slug wasp bee hornet moth beetle ant spider fly gnat mosquito louse flea tick lizard newt trout salmon cod haddock prawn crab
    cot crib pram pushchair buggy highchair stroller duvet pillowcase quilt linen bunk sofa couch armchair footstool rug carpets curtains blinds
    hob grill toaster blender mixer saucepan skillet frying pan wok jug mug saucer teapot cutlery fork ladle spatula corkscrew opener bin dustbin wheelie
    skip loft gutter drainpipe chimney gable porch patio decking greenhouse lawnmower hosepipe sprinkler hedge fencing fences gatepost driveway pavement kerb
    bollard roundabout layby dual carriageway flyover underpass tunnel bridge junction slip crossroads verge hard shoulder bonnet boot bumper windscreen
    windshield wiper wipers headlight headlights tyres tires puncture exhaust gearbox handbrake dashboard radiator thermostat boiler immersion tap taps
    stopcock plughole cistern flush leak leaking damp mould mold draught draft socket fuse fusebox breaker wiring bulb bulbs lampshade dimmer
    millilitre millilitres milliliter milliliters teaspoon teaspoons tablespoon tablespoons dosage dose doses syrup capsule capsules lozenge ointment
    inhaler antibiotic antibiotics painkiller painkillers paracetamol ibuprofen aspirin insulin vaccine jab injection plaster bandage stitches
    rash itch fever cough sneeze wheeze migraine nausea dizzy dizziness diarrhea diarrhoea vomiting sickness ache aches sore throat swelling bruise sprain
    fracture asthma eczema allergy allergies diabetes arthritis anemia pneumonia bronchitis tonsils appendix kidney liver bowel bladder spine hip ankle
    strength weakness height width depth breadth warmth wealth health growth birth truth youth length
    thunder lightning drizzle sleet hail blizzard breeze gale gust humid frosty icy slushy foggy rainbow puddle flood drought heatwave forecast
    buffet starter starters mains pudding gravy mash chips crisps lasagne lasagna pasta spaghetti curry kebab burger burgers noodles dumpling omelette
    pancake waffle muffin scone crumpet croissant bagel toast marmalade jam custard jelly trifle cheesecake brownie cookie biscuits biscuit crackers
    lettuce cucumber cabbage cauliflower broccoli spinach celery leek parsnip turnip beetroot radish courgette aubergine avocado pineapple coconut
    raspberry blackberry cranberry cherry plum pear apricot melon grapefruit lime
    scarf gloves mittens slippers trainers sandals wellies raincoat hoodie jumper cardigan waistcoat blouse skirt tights leggings pyjamas nightie
    thirteen hundredth dozen dozens couple pair trio quarter quarters
    earth planet universe galaxy comet meteor
    backwards upwards downwards sideways inwards outwards beforehand afterwards nonstop nationwide worldwide offshore overdue upfront
    holder holders bearer bearers payer payee borrower lender buyer seller supplier contractor installer fitter engineer plumber roofer joiner
    bay window windows frame frames glazing conservatory extension garage workshop greenhouse
    fortnight weekday weekdays weeknight midweek lunchtime teatime bedtime playtime daytime nighttime
    restart restarted reinstall reinstalled rebooted unplugged replug reconnect reconnected refresh refreshed reloaded
    rubbish recycling compost leaflet flyer brochure catalogue pamphlet booklet handbook newsletter
    chapel mosque synagogue cathedral graveyard cemetery courthouse townhall nightclub bakery butcher butchers greengrocer newsagent florist
    bookshop launderette hairdressers barbers chemists opticians vets nursery kindergarten playgroup
    """.split()
)
