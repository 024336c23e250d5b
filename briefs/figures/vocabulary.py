"""The words by which numbers are told apart: what happens to what is counted, and when."""

# What is said of people or things, in one form for all of its forms.
_DONE = {
    "killed": "kill kills killed killing die dies died dying dead perish perished claimed lives",
    "injured": "injure injures injured injuring wound wounds wounded wounding hurt hurting",
    "missing": "missing",
    "displaced": "displace displaces displaced displacing",
    "evacuated": "evacuate evacuates evacuated evacuating",
    "arrested": "arrest arrests arrested arresting detain detains detained detaining",
    "rescued": "rescue rescues rescued rescuing",
    "trapped": "trap traps trapped trapping",
    "hospitalised": "hospitalise hospitalised hospitalize hospitalized",
    "infected": "infect infects infected infecting",
    "captured": "capture captures captured capturing",
    "released": "release releases released releasing free frees freed freeing",
    "homeless": "homeless",
    "fled": "flee flees fled fleeing",
    "gathered": """
        gather gathers gathered gathering march marches marched marching rally rallies rallied
        rallying protest protests protested protesting demonstrate demonstrated demonstrating
        attend attends attended attending assembled
    """,
    "bought": "buy buys bought buying purchase purchases purchased purchasing acquire acquires "
    "acquired acquiring",
    "ordered": "order orders ordered ordering",
    "sold": "sell sells sold selling",
    "delivered": "deliver delivers delivered delivering supply supplies supplied supplying",
    "received": "receive receives received receiving",
    "built": "build builds built building construct constructs constructed constructing",
    "produced": "produce produces produced producing manufacture manufactured manufacturing",
    "destroyed": "destroy destroys destroyed destroying",
    "damaged": "damage damages damaged damaging",
    "downed": "shot downed downing intercept intercepts intercepted intercepting",
    "launched": "launch launches launched launching",
    "fired": "fire fires fired firing",
    "burned": "burn burns burned burning burnt scorched charred",
    "cut": "cut cuts cutting axe axes axed shed sheds shedding",
    "created": "create creates created creating",
    "hired": "hire hires hired hiring",
    "recruited": "recruit recruits recruited recruiting mobilise mobilised mobilize mobilized",
    "deployed": "deploy deploys deployed deploying",
    "sent": "send sends sent sending",
    "lost": "lose loses lost losing",
    "won": "win wins won winning",
    "pledged": "pledge pledges pledged pledging promise promises promised promising",
    "allocated": "allocate allocates allocated allocating earmarked",
    "approved": "approve approves approved approving",
    "raised": "raise raises raised raising",
    "spent": "spend spends spent spending",
    "invested": "invest invests invested investing",
    "paid": "pay pays paid paying",
    "fined": "fine fines fined fining",
    "stolen": "steal steals stole stolen stealing",
    "earned": "earn earns earned earning",
    "seized": "seize seizes seized seizing confiscated",
    "vaccinated": "vaccinate vaccinated vaccinating",
    "rose": "rise rises rose risen rising increase increases increased increasing grew grow grows "
    "grown growing climbed",
    "fell": "fall falls fell fallen falling decrease decreases decreased decreasing dropped drop "
    "drops declined decline shrank",
}
DONE = {form: done for done, forms in _DONE.items() for form in forms.split()}

# What is counted by itself says what happened: "58 dead", "12 deaths".
SAID_ALONE = {
    "killed": "killed", "dead": "killed", "deaths": "killed", "fatalities": "killed",
    "wounded": "injured", "injured": "injured", "injuries": "injured", "missing": "missing",
    "displaced": "displaced", "arrested": "arrested", "detained": "arrested",
    "arrests": "arrested",
}  # fmt: skip
HARMED = ("killed", "injured", "missing", "displaced", "evacuated", "arrested", "trapped")

PEOPLE = frozenset(("", "people", "persons", "victims", "others", "lives"))
PLURALS = {
    "person": "people", "man": "men", "woman": "women", "child": "children",
    "serviceman": "servicemen", "policeman": "policemen", "bus": "buses", "city": "cities",
    "country": "countries", "family": "families", "factory": "factories", "body": "bodies",
    "facility": "facilities", "injury": "injuries", "fatality": "fatalities",
}  # fmt: skip
_ALWAYS_MANY = """
    people men women children servicemen policemen personnel staff crew police aircraft dead
    killed injured wounded missing displaced arrested detained
"""
UNCHANGED = frozenset(_ALWAYS_MANY.split())

COSTS = frozenset(("cost", "costs", "costing", "worth", "valued", "priced"))
DEALS = {
    "deal": "contract", "agreement": "contract", "plant": "factory", "programme": "program",
}  # fmt: skip

# Between what is counted and what is said of it these may stand, and before a number too.
_BETWEEN = """
    is are was were be been being has have had will would to of by at least more than about
    around some nearly almost over under up as many least most an a the estimated
    approximately roughly fewer less no not also reportedly still now already so far in
    total all just well another further other
"""
AUXILIARIES = frozenset(_BETWEEN.split())
# At these a clause ends, or another begins.
_ENDING = """
    who which that whose when while after before because but although and or than including
    among since
"""
STOPS = frozenset(_ENDING.split())

_NUMBERS_WRITTEN = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
    eighty ninety hundred thousand million billion trillion dozen lakh crore half
"""
NUMBER_WORDS = frozenset(_NUMBERS_WRITTEN.split())
_SAYING_NOTHING = """
    and more other others such additional further new total people some
"""
COMMON = frozenset(_SAYING_NOTHING.split())
_SAID = """
    reported announced confirmed estimated added claimed stated counted registered recorded
    expected planned needed wanted used called numbered included involved reached totalled based
    located according scheduled related armed aged hundred red feed speed united identified
    agreed signed discussed warned asked tried decided opposed backed voted shared welcomed
"""
REPORTING = frozenset(_SAID.split())  # past forms that say nothing of what is counted

METRES = {"m": 1.0, "km": 1000.0, "mi": 1609.344, "nmi": 1852.0, "ft": 0.3048, "yd": 0.9144,
          "cm": 0.01, "mm": 0.001, "in": 0.0254}  # fmt: skip
AREAS = {"ha": 1e4, "acre": 4046.86, "km²": 1e6, "m²": 1.0, "mi²": 2.59e6, "ft²": 0.0929}
WEIGHTS = {"kg": 1.0, "g": 0.001, "t": 1000.0, "lb": 0.4536, "ton": 907.2, "mg": 1e-6,
           "oz": 0.02835}  # fmt: skip
SPEEDS = {"km/h": 1.0, "mph": 1.609, "m/s": 3.6, "kn": 1.852}
_NOT_COMPARED = """
    m³ l ml gal bbl W kW MW GW kWh MWh GWh TWh °C °F kB MB GB TB pp %
"""
OTHERS = frozenset(_NOT_COMPARED.split())
UNITS = (METRES, AREAS, WEIGHTS, SPEEDS)
MEASURES = frozenset((*METRES, *AREAS, *WEIGHTS, *SPEEDS, *OTHERS, "magnitude"))
