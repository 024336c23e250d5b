"""Closed lists of words that stand around names, and names that are written in several ways."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Before a person's name, and no part of it.
TITLES = _set(
    "mr mrs ms miss mx dr prof professor sir dame madam president vice prime minister pm "
    "fm mp mep chancellor premier senator sen representative rep congressman congresswoman "
    "governor gov general gen brigadier lt lieutenant col colonel maj major capt captain cmdr "
    "commander adm admiral marshal sgt sergeant cpl corporal pvt private judge justice "
    "ambassador secretary deputy speaker mayor chairman chairwoman chair chief ceo cfo cto "
    "director manager coach then-president "
    "ex-president former acting late hon rev reverend sheikh sheik imam ayatollah herr frau "
    "spokesman spokeswoman spokesperson analyst counterpart colleague officer head founder "
    "co-founder executive leader candidate attorney lawyer detective inspector sheriff "
    "commissioner envoy secretary-general vice-president special press"
)
# Kept before a single name: "King Charles", "Lady Gaga".
ROYAL = _set(
    "king queen prince princess pope saint st emperor empress tsar sultan emir lord lady baroness"
)
# Which of two people of one name is meant: "Mr Bennet", "Mrs Bennet".
HIS_TITLES = _set("mr mister sir lord king prince duke baron herr monsieur senor")
HER_TITLES = _set(
    "mrs ms miss madam madame mme lady queen princess duchess baroness dame frau senora"
)
# What a minister is minister of: "Minister of Defence Andriy Taran".
OFFICES = _set(
    "of for and the & defense defence foreign affairs interior finance justice health education "
    "energy economy trade state transport culture agriculture labour labor environment industry "
    "commerce treasury home european national security development"
)
GENERATION = _set("jr sr")
PARTICLES = _set(
    "al el as bin ibn bint van von der den de del della di da dos du la le ben ter ten ul ur abu "
    "mac af zu y"
)
LEGAL = _set(
    "inc incorporated corp corporation co company ltd limited plc llc llp gmbh ag kg sa spa nv bv "
    "ab oy as asa holding holdings oao pao zao pjsc jsc"
)
INCORPORATED = _set("inc incorporated corp corporation ltd plc llc llp gmbh ag nv bv pjsc jsc")
SMALL = _set("of the and for in on to at de la du des von und y &")

# Common nouns after a name, and no part of it.
HEADS = _set(
    "army forces force troops soldiers military militia militants fighters terrorists rebels "
    "police officials authorities government regime parliament presidency region regions province "
    "provinces district districts oblast coast border area areas drone drones missile missiles "
    "tank tanks rifle rifles howitzers model company firm team people citizens allies"
)
# Named with a letter and a number, or by a name right before them: "Storm Shadow missiles".
WEAPONS = _set(
    "missile missiles tank tanks drone drones rocket rockets howitzer howitzers rifle rifles "
    "helicopter helicopters bomber bombers fighter fighters jet jets launcher launchers uav uavs "
    "torpedo torpedoes submarine submarines frigate frigates corvette corvettes destroyer "
    "destroyers airliner airliners"
)
# Before the name of a ship.
VESSELS = _set(
    "cruiser frigate destroyer corvette submarine warship battleship minesweeper icebreaker "
    "tanker freighter ferry trawler yacht steamship schooner"
)
SHIPS = _set("USS HMS HMCS HMAS HMNZS USNS USCGC INS")

# Words that name nobody, however the sentence begins.
NOBODY = _set(
    "i me my we us our you your he him his she her it its they them their this that these those "
    "who whom what which when where why how the a an and or but nor so yet if as at by for from "
    "in into of off on onto out over to up with there here then than no not yes one two all any "
    "some both each few more most other such only own same too very can will just do does did is "
    "are was were be been being have has had may might must shall should would could mr mrs ms "
    "sir madam lol omg rt dm via please thanks thank hi hello hey god lord mom dad mum"
)
# A day or a verb that is a person's name as well: the recogniser's word is taken for it.
ALSO_NAMES = _set("may april june august will")
DAYS = _set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december today tomorrow yesterday tonight"
)

# One step before or after a name, what it then is, and how much that weighs against a score of 1.
# "in" and "said" only break ties: the recogniser has read them too.
BEFORE = {
    "PERSON": (1.5, _set("mr mrs ms dr prof president minister senator sen chancellor premier "
                         "colonel captain judge spokesman spokeswoman mayor king queen prince "
                         "ceo chairman chairwoman commander ambassador governor coach actor "
                         "actress singer")),
    "ORGANISATION": (1.5, _set("company firm ministry agency manufacturer maker producer "
                               "newspaper broadcaster corporation startup retailer")),
    "PLACE": (0.6, _set("in near city town village region province port capital district "
                        "visited")),
    "PRODUCT": (0.9, _set("drone missile tank rifle howitzer")),
}  # fmt: skip
AFTER = {
    "PERSON": (0.3, _set("said says added told tweeted wrote replied asked argued insisted")),
    "ORGANISATION": (1.5, _set("ceo shares spokesman spokeswoman spokesperson executives "
                               "shareholders")),
    "PLACE": (0.6, _set("region province city oblast peninsula airport")),
    "PRODUCT": (0.9, _set("drone drones missile missiles rifle rifles howitzer howitzers uav uavs "
                          "helicopters")),
}  # fmt: skip
# Before "of": "the mayor of Kyiv" is a person, and Kyiv is none.
GOVERNED = (1.5, _set("mayor governor city town village province capital region district port"))
# Before or after what only a person, or only a ship, is called.
LEADERS = BEFORE["PERSON"][1] | _set("leader founder co-founder director head chief author winner")
# A body that signs posts in its own name.
BODIES = _set(
    "ministry embassy news agency office department government parliament university institute "
    "council party club company group foundation association police times post daily weekly"
)

_PLACES = """
united states: us, u s, usa, u s a, america, united states of america
united kingdom: uk, u k, britain, great britain
united arab emirates: uae
china: prc, peoples republic of china
democratic republic of the congo: drc, dr congo
netherlands: holland
myanmar: burma
turkey: turkiye
luhansk: lugansk
kyiv: kiev
kharkiv: kharkov
odesa: odessa
lviv: lvov
mykolaiv: nikolaev, nikolayev
dnipro: dnepropetrovsk
chernihiv: chernigov
vinnytsia: vinnitsa
zaporizhzhia: zaporizhia, zaporozhye
beijing: peking
mumbai: bombay
kolkata: calcutta
chennai: madras
yangon: rangoon
ho chi minh city: saigon
new york: nyc, new york city
los angeles: l a
washington: washington dc, washington d c
south korea: republic of korea
north korea: dprk
czech republic: czechia
cote d ivoire: ivory coast
eswatini: swaziland
north macedonia: macedonia
russia: russian federation
saudi arabia: ksa
belarus: byelorussia, belorussia
moldova: moldavia
marrakesh: marrakech, marakesh
"""
_BODIES = """
united nations: un, u n, united nations organisation
european union: eu, e u
north atlantic treaty organisation: nato
international monetary fund: imf
world health organisation: who
international atomic energy agency: iaea
organisation for security and co operation in europe: osce
international criminal court: icc
world trade organisation: wto
federal bureau of investigation: fbi
central intelligence agency: cia
israel defence forces: idf
european central bank: ecb
"""


def _variants(lines: str) -> dict[str, str]:
    """Return each folded variant with the folded name that it stands for."""
    rows = [line.split(": ") for line in lines.strip().splitlines()]
    return {variant: name for name, variants in rows for variant in variants.split(", ")}


_GIVEN = """
mohammed: mohammad, muhammad, mohamed, mohamad, muhammed, mohamud
mahmoud: mahmud, mahmood
ahmed: ahmad, ahmet
abdullah: abdallah
hussein: husein, husayn, hussain
hassan: hasan
khaled: khalid
yousef: youssef, yusuf, yousuf, yusef
osama: usama
qassem: qasem, qasim, kassem
ibrahim: ebrahim
muammar: moammar, moamer, muammer
gaddafi: gadhafi, qaddafi, kadhafi, gadafi
abdel: abdul, abd
alexander: aleksandr, alexandr, aleksander, alyaksandr, aliaksandr
alexey: aleksey, aleksei, alexei
evgeny: yevgeny, evgeni, yevgeni, evgenii, yevgenii
dmitry: dmitri, dmitrii
yuri: yury, yuriy, iurii
vasily: vasili, vassily
nikolai: nikolay
mikhail: mihail
petro: petr, pyotr
"""
VARIANTS = {"PLACE": _variants(_PLACES), "ORGANISATION": _variants(_BODIES)}
GIVEN = _variants(_GIVEN)

# Ends the name of a body, never of a person: "Foreign Office".
INSTITUTIONS = _set(
    "ministry embassy agency office department government parliament university institute council "
    "party association foundation committee commission court"
)
# What many countries have, each its own.
COMMON = _set(
    "army navy police parliament senate congress supreme high constitutional central bank general "
    "staff national guard security council service intelligence border coast prosecutor office "
    "football cabinet armed air military federal public air force forces embassy assembly"
)
ONE_EACH = _set("army navy police parliament senate congress cabinet government military")
# "Vienna-based" and "US-led" say something of what follows, and name nothing.
SUFFIXES = _set("based led born backed held controlled occupied run owned made funded wide style")

# Lower-case here is a sign of nothing: these stand for a body or place only when in capitals.
CAPITALS = {
    "US": "PLACE", "U.S.": "PLACE", "USA": "PLACE", "U.S.A.": "PLACE", "UK": "PLACE",
    "U.K.": "PLACE", "UAE": "PLACE", "EU": "ORGANISATION", "E.U.": "ORGANISATION",
    "UN": "ORGANISATION", "U.N.": "ORGANISATION", "NATO": "ORGANISATION",
}  # fmt: skip
SPELLING = {
    "organization": "organisation", "center": "centre", "defense": "defence", "labor": "labour",
    "theater": "theatre", "program": "programme", "organizations": "organisations",
}  # fmt: skip

_DEMONYMS = """american british english scottish welsh french german russian ukrainian turkish
chinese japanese italian spanish dutch polish greek swedish danish norwegian finnish swiss austrian
belgian portuguese irish hungarian czech slovak romanian bulgarian serbian croatian bosnian albanian
macedonian kosovar georgian armenian azerbaijani azeri belarusian moldovan estonian latvian
lithuanian israeli palestinian iranian iraqi syrian lebanese jordanian saudi egyptian libyan
tunisian algerian moroccan yemeni qatari kuwaiti afghan pakistani indian bangladeshi thai vietnamese
indonesian malaysian filipino australian canadian mexican brazilian argentine argentinian chilean
colombian venezuelan cuban nigerian kenyan somali sudanese ethiopian taiwanese kazakh uzbek cypriot
european african asian tibetan congolese rwandan ugandan malian soviet icelandic burmese cambodian
slovenian peruvian bolivian haitian catalan bavarian chechen kurdish arab jewish muslim christian
emirati omani bahraini nepalese tajik kyrgyz turkmen mongolian singaporean ghanaian zimbabwean
eritrean angolan mozambican zambian tanzanian senegalese ivorian cameroonian gabonese ecuadorian
paraguayan uruguayan panamanian guatemalan honduran nicaraguan salvadoran jamaican maltese basque
flemish crimean tatar uyghur uighur rohingya siberian balkan scandinavian"""
DEMONYMS = _set(_DEMONYMS)
# Begins too many names to stand for one of them.
GENERIC = (
    BODIES
    | DEMONYMS
    | SMALL
    | _set(
        "bank international national united federal royal supreme new first central north south "
        "east west northern southern eastern western court army air navy state public social people"
    )
)
PEOPLES = {
    "turks": "turkish", "poles": "polish", "swedes": "swedish", "danes": "danish",
    "finns": "finnish", "spaniards": "spanish", "britons": "british", "brits": "british",
    "serbs": "serbian", "croats": "croatian", "kurds": "kurdish", "jews": "jewish",
    "scots": "scottish", "turk": "turkish", "pole": "polish", "briton": "british",
}  # fmt: skip

# Looks like a designation, and names no product.
UNDESIGNATED = _set(
    "covid-19 covid19 g7 g8 g20 g77 p5 mi5 mi6 h1n1 h5n1 q1 q2 q3 q4 h1 h2 a1 a4 b12 c1 c2 d3 t20 "
    "u2 ww1 ww2 2d 3d 4k 5g mh17 mh370 bbc1 bbc2 e10 f1 pm2 co2 h2o no1 top10 9pm"
)
UNDESIGNATED_STEMS = _set(
    "top under over euro covid pre post mid page figure group channel radio week day game route "
    "interstate highway formula section article chapter part phase level tier grade world level "
    "i u agenda vision cop gen"
)
