"""The English words by which a line points to another one, in lower case."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HE_OR_SHE = _set("he she him her his hers himself herself")
PRONOUNS = HE_OR_SHE | _set("it they them its their theirs")
POSSESSIVES = _set("his her its their")

# What may be shown on a phone's calendar: "this week" says when to whoever reads it in time.
CALENDAR = (
    "week|weekend|month|year|morning|afternoon|evening|night|spring|summer|autumn|fall|winter|"
    "season|century|decade|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|"
    "february|march|april|may|june|july|august|september|october|november|december"
)
UNITS = "moment|minute|hour|day|night|week|weekend|month|season|year|decade|century|evening|morning"
NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|several|some|"
    "many|few|a few|a couple of|a|an"
)

AUXILIARIES = _set(
    """
    is are was were be been has have had do does did will would can could may might must shall
    should isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't
    can't couldn't
    """
)
# Irregular forms by which a verb can be told without knowing its noun.
VERBS = AUXILIARIES | _set(
    """
    became began begins broke brought built came chose comes cut dealt drew drove fell felt fled
    flew follows fought found gave gets goes got grew heard held hid hit kept knew led left lies
    lost made makes meant met paid put ran rose said sang sat saw says sees sent set shook shot
    showed shows shut sold spent spoke stood stole struck swept takes taught tells thought threw
    told took went woke won wore wrote
    """
)
SAYS = _set(
    """
    added adds admitted announced answered argued asked asks believes claimed claims concluded
    confirmed continued declared denied explained explains insisted insists noted recalled remarked
    repeated replied reported reports said says stated stressed suggested suggests testified told
    tells tweeted urged vowed warned warns whispered wrote writes yelled shouted joked
    """
)

# After a noun: what says which one is meant.
WHICH = _set(
    """
    of that which who whom whose where when in on at to between against by from with for over near
    into about around behind beyond under within without during after before since called named
    among inside outside
    """
)
SUBORDINATORS = _set(
    """
    according after although amid as asked at because before by despite during even following
    for from given having if in like on once since speaking through though under unless unlike
    until upon when where whereas while with within without
    """
)
# Nouns, in the singular, that take the place of something told before: "the move", "the group".
STAND_INS = _set(
    """
    accident accord activist agency agreement aircraft airport album allegation alliance ambush
    amendment announcement appeal approval area arrest article assault association attack
    attacker attempt author award babie baby ban bill blast boat body bombing book boy bridge
    building bus campaign captor car case center centre ceremony chairman charge child children
    church city clash clashes cleric climber club coach coalition comment commission committee
    companies company complaint concert conference conflict consortium contract convoy country
    coup couple court craft crash crisis critic cut cyclist date cyclone dam deal death decision
    declaration defeat defendant delay delegate delegation demand demolition demonstration
    demonstrator detainee device diplomat director disaster discovery discussion disease dispute
    district document draft driver drone earthquake election envoy event execution exercise
    exhibition expert explosion facility factorie factory family ferry festival fight fighter
    fighting figure film find finding fire firm flight flood force game girl grant group gunman
    gunmen hearing hiker hospital hostage hotel hurricane illness incident indictment initiative
    inquiry inspector institute insurgent interview investigation investigator island issue
    journalist judge jury kidnapper kidnapping killing landslide launch law lawmaker lawsuit
    lawyer leader letter lorrie lorry losses man manager march marcher match matter measure
    meeting men merger message militant militia mine miner minister ministry missile mission
    monk motion move museum negotiation network newspaper nomination novel offensive offer
    officer official operation organisation organization outage outbreak owner package pact
    painting pair paper participant party patient petition photo pilot pipeline pirate plan
    plane plant player pledge policeman policemen policy poll practice prisoner prize probe
    problem process program programme project promise proposal prosecutor protest protester
    pupil purchase quake raid rally rebel recommendation referendum refinery reform refugee
    region regulator release remark report request researcher resignation resolution result
    ruling sale satellite scheme school scientist seizure sentence settlement settler ship
    shooting show shuttle side signing singer situation soldier song source speech spokesman
    spokeswoman squad statement station step stock storm strategy strike student study suit
    summit survey survivor suspect talks tape teacher team teenager test theory threat toll tour
    tournament town train trainer trial tribunal trio trip troop truck tunnel tweet typhoon
    union unit university unrest vehicle verdict vessel victim victory video videotape village
    violence virus visit volcano vote warehouse warning weapon website winner withdrawal woman
    women word work worker writer
    """
)
# Of those, what somebody or something with a name may be called next.
MAY_BE_NAMED = _set(
    """
    agency airport association author bank body city cleric club coach commission company
    country court diplomat district envoy family figure firm group hospital institute island
    lawyer leader man manager minister network newspaper officer official organisation
    organization party player prosecutor region scientist singer spokesman spokeswoman station
    teacher team town train trainer union university village woman worker writer
    """
)
# Who is one of a kind in a country, or in the world.
UNIQUE = _set("president pope king queen pontiff chancellor premier governor mayor emperor head")
HONOURS = _set(
    """
    holiness majesty majesties excellency honour honor highness eminence grace royal imperial
    lordship ladyship
    """
)
# Words that begin a line with a capital and name nobody.
OPENERS = _set(
    """
    nobody another there their these those such some many most several other others both each
    either neither none also only even just asked speaking earlier later yesterday today tomorrow
    what whether which according about almost nearly more fewer less every everything nothing much
    hardly barely scarcely recently just within among
    """
)
# Words for several, which do not end in "s".
SEVERAL = _set("people men women children police percent cent many most both few some half and")
DAYS = frozenset(CALENDAR.title().split("|"))
# Whom "he" or "she" may be, beside somebody with a name.
PERSONS = _set(
    """
    boy brother candidate chief child coach colonel counterpart daughter defendant doctor father
    general girl governor guard guest head host husband judge king lawyer leader lieutenant major
    man mayor mother nurse owner patient pilot pontiff pope president priest prince princess queen
    resident secretary sister soldier son spokesman spokeswoman student suspect victim wife witness
    woman anyone anybody everyone everybody somebody someone person
    """
)
_LOOK_LIKE_PERSONS = _set(
    """
    after agree another border center chapter coffee committee computer corner december degree
    door either employer error ever floor for former further german greater guarantee higher
    however human humans later letter lower matter member minor monster neither never newspaper
    newspapers nor november number october offer older or order other over paper poor power
    quarter rather river september shelter silver smaller stronger summer terror three together
    tower under water weather whether winter younger
    """
)

_DOES = ("er", "or", "ist", "man", "woman", "ian", "eer", "ee")


def is_person(word: str) -> bool:
    """Tell whether *word*, in lower case, is what somebody is or does: "minister", "actor"."""
    if word in PERSONS:
        return True
    return len(word) > 4 and word.endswith(_DOES) and word not in _LOOK_LIKE_PERSONS


def stands_in(word: str) -> bool:
    """Tell whether "the *word*" asks which one, where nothing else says so."""
    one = word.removesuffix("s")
    return word in STAND_INS or one in STAND_INS or (is_person(one) and one not in UNIQUE)
