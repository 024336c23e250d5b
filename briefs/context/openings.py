"""The opening of an English line in, the words in it that point to another line out."""

import re

from briefs.context.vocabulary import CALENDAR, NUMBERS, UNITS

_DEGREES = "hard|much|many|long|far|little|few|often|good|bad|well|great|big|small|strong|high|low"

_CONNECTIVES = (
    r"But\b(?! for\b)",
    r"And\b(?! [A-Z]\w+ (?:[A-Z]|There))",
    r"(?:Or|Nor|Also|Thus|Therefore|Hence|Nevertheless|Nonetheless|Moreover|Furthermore|Otherwise|"
    r"Similarly|Likewise|Meanwhile|Meantime|Consequently|Additionally|Separately|Conversely|"
    r"Indeed|Elsewhere|Thereafter|Thereupon|Afterwards?|Subsequently|Accordingly)\b",
    rf"However\b(?! (?:{_DEGREES})\b)",
    r"(?:Besides|Still|Again|Rather|Plus|Secondly|Thirdly|Second|Third|Lastly|Finally|Here|There|"
    r"Too|Later|Earlier|Previously|Soon after|Shortly after|Soon afterwards?|Shortly afterwards?|"
    r"Next|Overall|Equally|Worse|Of course)(?=,)",
    r"Yet\b(?! to\b)",
    rf"So\b(?! (?:far|{_DEGREES})\b)",
    r"Then\b(?! (?:President|Prime|Vice|Foreign|Defen[cs]e|Chancellor|Governor|Mayor)\b)",
    r"Instead\b(?! of\b)",
    r"(?:As a result|As a consequence|Because) of (?:this|that|it|these|those)\b",
    r"(?:As a result|As a consequence)\b(?! of\b)",
    r"(?:In addition|In response|In contrast|By contrast|In return|In reply)\b(?! (?:to|for)\b)",
    r"In (?:another|other|(?:a )?(?:separate|similar|related|further)) \w+\b(?! of\b)",
    r"(?:For (?:example|instance)|In other words|In turn|In fact|In short|As such|After all|"
    r"At the same time|In the meantime|On the other hand|On the contrary|On top of that|"
    r"Even so|If so|If not|Either way|In (?:this|that) (?:case|way|sense)|In both cases|"
    r"To (?:this|that) end|For (?:this|that) reason|Despite (?:this|that)|With (?:this|that)|"
    r"Because of (?:this|that)|Apart from (?:this|that)|By doing so|In doing so)\b",
)
_COMPARISONS = (
    r"(?:The|In the|On the|At the) (?:latter|others?|rest)\b(?! of [A-Z])",
    r"The former(?= (?:is|was|are|were|has|had|will|would|did|does|can|could|may|might|said|"
    r"\w{2,20}ed)\b|,)",
    r"(?:The|These|Those) (?:first|second|third|fourth|last)(?= (?:is|was|were|has|had|will|would|"
    r"did|said|came|went|hit|took)\b|,)",
    r"Such\b(?! as\b| (?:is|was|were|are) the\b)",
    r"The remaining\b|No such\b|Others\b",
    r"Another\b(?! (?:\d|two|three|four|five|six|ten|hundred|thousand|million))",
    r"Both\b(?! (?:\S{1,40} ){1,3}and\b| of (?!them|these|those|the )| \w{1,30} of\b)",
    r"Similar\b(?! to\b)",
    r"(?:One|Two|Three|Four|Five|Some|Many|Most|Several|Few|All|None|Neither|Either|Each|Half|Any)"
    r"(?= (?:is|was|are|were|has|had|will|would|did|won|lost|died|came|went|left|fled|told)\b|,)",
    r"(?:One|Two|Three|Four|Five|Some|Many|Most|Several|Few|All|None|Neither|Either|Each|Half|Both|"
    r"Any|\d{1,6}) of (?:them|these|those)\b",
)
_TIMES = (  # told from another one
    rf"(?i:(?:{NUMBERS}|\d{{1,4}}) (?:{UNITS})s?|(?:{UNITS})s|Not long|Much) "
    r"(?:later|earlier|afterwards?|before(?=,))\b",
    r"(?:Later|Earlier) (?:that|in the (?:day|week|month|year|evening))\b",
    rf"(?i:(?:On |In |At |By |During |For )?(?:the same|that same|that|the previous|the next|"
    rf"the following) (?:{UNITS}|time|period)\b)",
    r"(?:By|Since|Until|Till|Before|Only|Even|Back|Just) then\b|At the time(?=,)|"
    r"The day (?:before|after)(?=,)",
)
_CONNECTING = re.compile(rf"\W*({'|'.join(_CONNECTIVES)})(?!-)")
_POINTING = re.compile(rf"\W*({'|'.join((*_CONNECTIVES, *_COMPARISONS, *_TIMES))})(?!-)")
_THIS = re.compile(
    rf"\W*(This|These|Those|That)\b(?!-)"
    rf"(?! (?:{CALENDAR})\b| days\b| is (?:the )?[A-Z]| [A-Z]\S* [A-Z])"
)
_THOSE = re.compile(
    r"\W*Those (?:who|whose|whom|with|without|in|from|under|over|aged|living|working|seeking|"
    r"hoping|wanting|trying)\b"
)
_CLAUSE = re.compile(
    r"\W*That (?!Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    r"(?:[A-Z]|(?:the|a|an|he|she|it|they|we|his|her|its|their|there|these|some|so|no) )"
)
_ANSWER = re.compile(
    r"\W*(?:(?:Yes|No|Yeah|Yep|Nope|Sure|Absolutely|Definitely|Certainly|Exactly|Correct|Right|"
    r"Not at all|Not really|Not yet|Maybe|Perhaps|Probably|Possibly|Well)"
    r"(?:[.!,;\u2013\u2014]| -|$)|I (?:do|did|don't|didn't)[.,])"
)
_SPEAKS = re.compile(r"\b(?:I|me|my|we|us|our|you|your)\b|\b(?:I|we|you)'", re.IGNORECASE)


def pointing(line: str, *, spoken: bool = False) -> str:
    """Return the connective, the comparison or the time with which *line* points back, or "".

    Somebody whose words open the line, *spoken*, may well say "both sides" and "the next day".
    """
    match = (_CONNECTING if spoken else _POINTING).match(line)
    if match:
        return match[1]
    match = _THIS.match(line)
    return match[1] if match and not (_THOSE.match(line) or _CLAUSE.match(line)) else ""


def answers(line: str) -> bool:
    """Tell whether *line* opens as an answer does."""
    return _ANSWER.match(line) is not None


def addresses(line: str) -> bool:
    """Tell whether somebody speaks in *line* of himself, or to another."""
    return _SPEAKS.search(line[:500]) is not None
