"""A line that opens with "It" in, whether this "it" stands for nothing, out."""

import re

_BE = (
    r"(?:is|was|'s|isn't|wasn't|has been|had been|will be|would be|may be|might be|could be|"
    r"should be|must be|seems|seemed|appears|appeared|remains|remained|became|becomes)"
)
_ADVERB = (
    r"(?: (?:not|now|still|also|only|very|so|too|quite|often|more|less|never|just|"
    r"\w{2,20}ly)){0,3}"
)
_IS = f"{_BE}{_ADVERB}"
_EASY = (
    r"(?:absurd|advisable|bad|best|better|cheaper|common|compulsory|critical|crucial|customary|"
    r"dangerous|decided|difficult|early|easier|easy|enough|essential|expensive|fair|foolish|"
    r"forbidden|good|great|hard|harder|illegal|important|impossible|impractical|inevitable|"
    r"interesting|irresponsible|late|legal|mandatory|natural|necessary|nice|normal|odd|painful|"
    r"permitted|possible|premature|rare|reasonable|right|risky|sad|safe|safer|sensible|shameful|"
    r"strange|tempting|unfair|unlawful|unreasonable|unusual|unwise|urgent|useful|useless|usual|"
    r"vital|wise|worse|wrong)"
)
_LONG = (
    r"(?:moments?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|time|long)"
)
_TABLE = (
    # "It rained", "It was getting dark"
    r"(?:rained|rains|snowed|snows|thundered|drizzled)\b",
    rf"{_IS} (?:raining|snowing|cold|dark|late|early|midnight|noon|dawn|dusk|half past|"
    r"(?:\w{1,12} )?o'clock|just (?:before|after))\b",
    # "It is unclear whether", "It was hard to say": what "it" stands for comes behind
    rf"{_IS} (?!something |anything |nothing |one |all )[a-z-]{{2,25}} "
    r"(?:that|whether|if|why|who|what|how)\b",
    rf"{_IS} (?:unclear|unknown|uncertain|known|clear|certain|sure) (?:when|where|which)\b",
    rf"{_IS} {_EASY} (?:to|for (?:\S{{1,30}} ){{1,4}}?to)\b"
    r"(?! \w{1,20}(?: (?:with|without)\b|[.,;]))",
    rf"{_BE} (?:a |an |no |the )?(?:time|secret|pity|shame|coincidence|wonder|surprise|mistake|"
    rf"fact|question of|matter of|good idea|bad idea|case|worth|up to) \w",
    r"remains to be seen\b",
    # "It was Macron who", "It was in May that", "It was the first time that"
    rf"{_IS} [A-Z]\S{{0,30}} (?:\S{{1,30}} ){{0,8}}?(?:who|that|which)\b",
    rf"{_IS} (?:in|on|at|during|after|before|because|under|with|from|through|until|when|by|"
    r"here|there|only) (?:\S{1,40} ){1,12}?(?:that|when)\b",
    rf"{_IS} the (?:very )?\w{{2,20}} time\b(?: in| since| that|,| [A-Z])",
    rf"{_IS} (?:the|an?|his|her|their) (?:\S{{1,30}} ){{1,4}}?who\b",
    # "It took two hours to", "It may be years before"
    rf"(?:took|takes|will take|has taken|would take|could take|may take) "
    rf"(?:(?:\S{{1,40}} ){{0,8}}?{_LONG} (?:\S{{1,40}} ){{0,3}}?(?:to|for|before|until)\b|"
    r"(?!part|place)\S{1,30} to\b)",
    r"(?:costs?|pays) (?:\S{1,40} ){0,4}?to\b",
    rf"{_IS} (?:\S{{1,30}} ){{0,3}}?{_LONG} (?:\w{{1,20}} )?(?:before|until|since|now since)\b",
    # "It seems that", "It turned out on Friday that"
    r"(?:seems|seemed|appears|appeared|looks|looked|happens|happened|follows|may seem|might seem) "
    r"(?:to \w{1,20} )?(?:that|as if|as though|like)\b",
    r"(?:turns out|turned out|emerged|transpired|dawned) (?:\S{1,30} ){0,4}?that\b",
    r"(?:matters|does(?: not|n't) matter) (?:\S{1,30} ){0,3}?(?:that|whether|if|how|who|what)\b",
)
_EXPLETIVE = re.compile(rf"\W*It ?(?:{'|'.join(_TABLE)})")


def match(line: str) -> int:
    """Return how far the opening with an "it" that stands for nothing goes; 0 without one."""
    found = _EXPLETIVE.match(line)
    return found.end() if found else 0
