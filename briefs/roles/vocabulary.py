"""The words that roles are made of, in English and in lower case."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HEADS = _set(
    """
    academic activist actor actress administrator admiral adviser advisor aide ambassador analyst
    anchor archbishop artist assistant astronaut attorney author ayatollah banker baroness bishop
    blogger boss brigadier broadcaster businessman businesswoman candidate captain cardinal ceo cfo
    chair chairman chairperson chairwoman champion chancellor chief cleric coach columnist comedian
    commander commissioner congressman congresswoman consul co-founder coo coordinator correspondent
    counsel counterpart cto czar dean delegate deputy designer developer diplomat director dissident
    doctor dramatist economist editor emir emperor engineer entrepreneur environmentalist envoy
    executive expert farmer fellow filmmaker founder general governor guard head historian host imam
    inspector investigator investor journalist judge justice king laureate lawmaker lawyer leader
    lecturer legislator lieutenant major manager marshal mayor mediator militant minister mp
    musician negotiator novelist officer official ombudsman operator organiser organizer owner
    partner patriarch pilot planner player playwright poet policeman politician pope premier
    president priest prince princess producer professor programmer prosecutor psychologist publisher
    queen rabbi rapporteur rector reporter representative researcher scholar scientist secretary
    senator sergeant sheikh sheriff singer sociologist soldier solicitor speaker specialist
    spokesman spokesperson spokeswoman strategist sultan superintendent surgeon teacher technician
    treasurer trustee undersecretary veteran vice-president warden winner writer adm. brig. capt.
    col. gen. gov. lt. maj. rep. sen. sgt.
    """
)

MODIFIERS = _set(
    """
    acting armed army assistant associate central chief climate co- commercial communications
    constitutional culture current cyber defence defense democratic deputy designate development
    digital diplomatic drone economic economy education election energy environment ex executive
    exiled federal finance financial first foreign former general health high home honorary housing
    human-rights incoming industry information interim interior international investment justice
    labour labor law leading local longtime managing media military nato national naval news
    newly-elected non-executive opposition outgoing parliamentary party peace permanent police
    policy political press prime principal private public regional rebel research retired rights
    ruling second security senior sports staff state technology then trade transport treasury vice
    video
    """
)

NEVER_FIRST = _set(
    """
    a after although an and as at because before besides both but by during earlier even following
    for from he her here his how however if in instead into it its later like meanwhile moreover
    nor not now of on only or our over she since so still that the their then there these they this
    those though through to today tomorrow under unlike until we what when where which while who
    whose why with yesterday yet
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
    """
)

DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "my"})
LINKS = frozenset({"of", "for", "at", "on", "in", "with", "from", "to", "and"})
TAKES_TO = _set(
    "adviser advisor aide ambassador assistant consul counsel delegate envoy representative"
)
STOPS = _set(
    """
    , ; : . ! ? ( ) \u2013 \u2014 -- “ ” " « » „ that who which whose whom where when while
    but as since until after before because if than then not never
    said says told tells added wrote is was are
    were has had have will would could should may might can did does signed met
    """
)
