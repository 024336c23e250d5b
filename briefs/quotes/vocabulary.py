"""The words by which a text says who speaks, in English and in lower case."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Past and present forms whose subject is the one who speaks.
SAYS = _set(
    """
    accused accuses acknowledged acknowledges added adds admitted admits announced announces
    answered answers argued argues asked asks asserted asserts boasted boasts called calls cautioned
    cautions cited cites claimed claims commented comments complained complains conceded concedes
    concluded concludes condemned condemns confirmed confirms continued continues countered
    counters declared declares denied denies described describes dismissed dubbed dubs emphasised
    emphasises emphasized emphasizes exclaimed explained explains hailed hails insisted insists
    joked jokes lamented laments maintained maintains noted notes observed observes pledged pledges
    posted posts praised praises predicted predicts promised promises quipped quips recalled recalls
    reiterated reiterates remarked remarks repeated repeats replied replies responded responds
    revealed reveals said says shouted shouts stated states stressed stresses suggested suggests
    termed testified testifies told tells tweeted tweets underlined underlines urged urges vowed
    vows warned warns whispered wrote writes yelled
    agreed agrees confessed confesses cried cries demanded demands disagreed disagrees exclaims
    inquired inquires interrupted interrupts jested jests murmured murmurs muttered mutters pleaded
    pleads protested protests retorted retorts texted texts
    """
)
SAYING = _set(
    """
    accusing acknowledging adding admitting announcing arguing asking calling cautioning citing
    claiming commenting complaining conceding concluding condemning confirming continuing declaring
    denying describing dubbing emphasising emphasizing explaining hailing insisting joking noting
    pledging posting praising predicting promising recalling reiterating remarking repeating
    replying responding saying stating stressing suggesting telling tweeting underlining urging
    vowing warning writing
    """
)
# Past and present forms by which a text tells what somebody said, without quoting it.
REPORTS = _set(
    """
    acknowledged acknowledges added adds admitted admits agreed agrees announced announces argued
    argues claimed claims denied denies disagreed disagrees explained explains insisted insists said
    says stressed stresses told tells warned warns
    """
)
ANSWERS = _set("answered answers rejoined replied replies responded responds retorted returned")
# With a form of "be" before them, their subject is the one who is spoken of.
DONE_TO = _set("""accused asked called cited condemned described dismissed dubbed hailed praised
    promised repeated revealed termed told urged warned""")
BE = _set("is are was were be been being gets got")

# What may stand between a subject and its verb.
ADVERBS = _set(
    """
    also again already always bluntly briefly clearly earlier even first further had has have he's
    just later never now often once only openly previously publicly quickly reportedly recently
    repeatedly simply since still subsequently then today yesterday
    monday tuesday wednesday thursday friday saturday sunday on
    """
)
HE_OR_SHE = _set("he she")
PRONOUNS = HE_OR_SHE | _set("they it we i you who one this that these those there which what")
RELATIVES = _set("who which whose whom")
DETERMINERS = _set("the a an his her its their our this that")
COORDINATORS = _set("and but or yet nor")
SUBORDINATORS = _set(
    """
    after although as because before despite during following given if in on at by with from since
    though under unlike until upon when where whereas whereby while without amid asked speaking
    """
)
PREPOSITIONS = _set(
    """
    about above across against alongside among around at beside between beyond by despite during for
    from in inside into like near of off on onto over outside through to toward towards under upon
    via with within without
    """
)
AUXILIARIES = BE | _set(
    "do does did has have had will would can could may might must shall should not to"
)
BREAKS = (
    SAYS | SAYING | PRONOUNS | COORDINATORS | SUBORDINATORS | PREPOSITIONS | AUXILIARIES
) - _set("called described dubbed termed")

# What may carry "of" or "for" inside a title that stands before a name.
CARRIERS = _set(
    """
    minister ministers secretary chief head chairman chairwoman president director general
    commissioner governor speaker
    """
)
# What two counterparts have in common.
OFFICES = _set(
    """
    affairs chancellor chief defence defense economy energy finance foreign head interior justice
    minister president premier prime secretary trade
    """
)

# What tells of somebody how he or she is spoken of.
TITLES_OF_HIM = _set("mr mr. sir lord businessman chairman congressman policeman spokesman")
TITLES_OF_HER = _set(
    "mrs mrs. ms ms. miss lady businesswoman chairwoman congresswoman policewoman spokeswoman"
)

# "X wrote “...”": a book, where every word has a capital.
WRITES = _set("wrote writes published publishes directed directs")

# "the film “...”": what is named, not said.
NAMED = _set(
    """
    album article book codename codenamed column documentary drill entitled essay exercise exercises
    film game headline headlined initiative magazine movie named newspaper nicknamed novel operation
    painting paper play poem programme project program report section series ship show slogan
    so-called song titled treaty vessel
    """
)

# Said of anybody: "the old man" is nobody in particular, whoever was called old before.
ANYBODY = _set("boy child fellow gentleman girl lady man men one other person stranger woman youth")
