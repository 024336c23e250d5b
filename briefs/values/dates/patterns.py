"""How dates are written, each with what reads it."""

import re

from briefs.values.dates import calendar, relative
from briefs.values.dates.place import Reader
from briefs.values.numbers import SPACE as S
from briefs.values.numbers import WORDS

_L = r"(?<![\w.,:/$€£-])"
_M = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
    r"(?![A-Za-z])"
)
_W = (
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
)
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w:])(?!\.\d)"
_Y = r"(?:1[5-9]\d\d|20\d\d)(?![\w])"
_TO = rf"(?:{S}(?:to|until|till|and|through){S}|{S}?[-\u2013]{S}?)"
_PART = rf"(?:(?P<part>(?i:early|mid|late))(?:{S}|-)(?:in{S})?)"
_EDGE = rf"(?:(?i:the{S})?(?P<edge>(?i:beginning|start|middle|end)){S}of{S}|{_PART}(?:of{S})?)"
_PRECISE = rf"(?:(?P<w>{_W}),?{S}(?:the{S})?)?"
_NTH = rf"(?:{WORDS}|\d{{1,4}}|(?i:an?))"
_UNIT = r"(?P<unit>(?i:day|week|month|year|decade))"
_WHICH = r"(?P<which>(?i:last|this|next|past|coming))"
_HOLY = r"(?<!Black )(?<!Good )(?<!Ash )(?<!Super )(?<!Bloody )(?<!Cyber )(?<!Easter )(?<!every )"
EVERYWHERE: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (
        re.compile(r"(?<![\w/.-])(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?=T\d|[^\w-]|$)"),
        calendar.iso,
    ),
    (re.compile(r"(?<![\w/.-])(?P<y>\d{4})/(?P<m>\d\d)/(?P<d>\d\d)(?![\w/-])"), calendar.iso),
    (
        re.compile(r"(?<![\w/.-])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?![\w-])"),
        calendar.iso,
    ),
)
ENGLISH: tuple[tuple[re.Pattern[str], Reader], ...] = (
    *EVERYWHERE,
    (
        re.compile(r"(?<![\w/.-])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})(?![\w/-])"),
        calendar.slashed,
    ),
    (
        re.compile(
            rf"\b{_PRECISE}(?P<m>{_M}){S}(?:the{S})?(?P<d>{_D})(?:{_TO}(?P<d2>{_D}))?"
            rf"(?:,?{S}(?P<y>{_Y}))?"
        ),
        calendar.day,
    ),
    (
        re.compile(
            rf"{_L}(?:{_PRECISE}|(?:(?i:between|from){S})?)(?P<d>{_D})(?:{_TO}(?P<d2>{_D}))?"
            rf"(?:{S}of)?{S}(?P<m>{_M})(?:,?{S}(?P<y>{_Y}))?"
        ),
        calendar.day,
    ),
    (
        re.compile(
            rf"{_L}(?:(?i:between|from){S})?(?:(?P<d1>{_D}){S}(?P<m1>{_M})|(?P<m1b>{_M}){S}"
            rf"(?P<d1b>{_D}))(?:,?{S}(?P<y1>{_Y}))?{_TO}(?:(?P<d2>{_D}){S}(?P<m2>{_M})"
            rf"|(?P<m2b>{_M}){S}(?P<d2b>{_D}))(?:,?{S}(?P<y2>{_Y}))?"
        ),
        calendar.days,
    ),
    (
        re.compile(
            rf"\b(?:{_EDGE}|(?:{_WHICH}{S}))?(?P<m>{_M})"
            rf"(?:,?{S}(?:of{S})?(?:(?P<y>{_Y})|(?P<of>(?i:last|this|next)){S}year\b))?"
        ),
        calendar.month,
    ),
    (
        re.compile(
            rf"\b(?:(?P<lead>(?i:from|between)){S})?(?P<m1>{_M})(?:{S}(?P<y1>{_Y}))?{_TO}"
            rf"(?P<m2>{_M})(?:,?{S}(?P<y2>{_Y}))?"
        ),
        calendar.months,
    ),
    (re.compile(rf"{_L}(?:{_EDGE})?(?P<y>{_Y})(?![-\u2013/]\d|,\d)"), calendar.whole_year),
    (
        re.compile(
            rf"{_L}(?P<y>(?:1[5-9]|20)\d\d)[-\u2013/](?P<y2>(?:1[5-9]|20)\d\d|\d\d)(?![\w/-])"
        ),
        calendar.years,
    ),
    (
        re.compile(
            rf"\b(?:(?i:between){S}(?P<y>{_Y}){S}and|(?i:from){S}(?P<yb>{_Y}){S}"
            rf"(?:to|until|till|through)){S}(?P<y2>{_Y})"
        ),
        calendar.years,
    ),
    (
        re.compile(
            rf"(?:\b(?i:the){S}{_PART}?|\b{_PART.replace('part', 'part2')}|{_L})"
            r"(?:(?P<y>(?:1[5-9]|20)\d0)s|(?<!\w)['\u2019](?P<short>\d0)s)(?!\w)"
        ),
        calendar.decade,
    ),
    (
        re.compile(rf"\b(?i:the){S}(?P<n>[1-9]|1\d|2[01])(?:st|nd|rd|th){S}century"),
        calendar.century,
    ),
    (
        re.compile(
            rf"\b(?:the{S})(?P<n>(?i:first|second|third|fourth|final|last)){S}"
            rf"(?P<what>quarter|half)(?:{S}(?:of{S})?(?:(?P<y>{_Y})|(?:{_WHICH}){S}year))?"
        ),
        calendar.quarter,
    ),
    (re.compile(rf"\b(?P<what>[QH])(?P<n>[1-4])(?:{S}(?:of{S})?(?P<y>{_Y}))"), calendar.quarter),
    (
        re.compile(
            rf"\b(?:(?i:the){S}|{_WHICH}{S})?(?P<season>(?i:spring|summer|autumn|fall|winter))"
            rf"(?!\w)(?:{S}(?:of{S})?(?P<y>{_Y}))?"
        ),
        calendar.season,
    ),
    (
        re.compile(rf"\b(?i:the{S}day{S}(?:before{S}yesterday|after{S}tomorrow))\b"),
        relative.two_days,
    ),
    (
        re.compile(
            rf"\b(?i:yesterday|today|tonight|tomorrow|last{S}night"
            rf"|this{S}(?:morning|afternoon|evening))\b"
        ),
        relative.near,
    ),
    (
        re.compile(
            rf"\b(?:(?P<part>(?i:early|mid|late))(?:{S}|-))?{_WHICH}{S}"
            r"(?P<unit>(?i:week|weekend|month|quarter|year|decade))(?!\w)"
        ),
        relative.period,
    ),
    (re.compile(rf"{_L}\b(?P<n>{_NTH}){S}{_UNIT}s?{S}ago\b"), relative.ago),
    (
        re.compile(rf"\b(?:(?i:the){S})?{_WHICH}{S}(?P<n>{_NTH}){S}{_UNIT}s(?!\w)"),
        relative.stretch,
    ),
    (re.compile(rf"{_HOLY}(?<!\w)(?:{_WHICH}{S})?(?P<w>{_W})(?!\w)"), relative.weekday),
    (
        re.compile(rf"(?<=(?i:at)\s)the{S}weekend\b|(?<=(?i:over)\s)the{S}weekend\b"),
        relative.weekend,
    ),
)
