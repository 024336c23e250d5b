"""Which pieces of a document are not sentences of its text: headings, captions and the like.

A sentence that is taken for furniture is never shown, so a pattern has to be sure.
"""

# ruff: noqa: RUF001 - furniture in Ukrainian and Russian

import re
from collections.abc import Sequence

from briefs import notices, words
from briefs.model import SentenceKind, Span

_LONGEST_HEADING = 100  # characters
_MOST_WORDS = 12
_LONGEST_CAPTION = 600
_LONGEST_BOILERPLATE = 220

_QUOTES = "\"'\u201c\u201e\u2018\u00ab"  # who begins with one is speaking
_LETTER = re.compile(r"[^\W_]")
_FINISHED = re.compile(
    r"[.!?\u2026:;,\u3002\uff01\uff1f\u061f\u0964][\"'\u201d\u2019\u00bb)\]\u300d]*$"
)
_SENTENCES = re.compile(r"[.!?\u2026]\W{0,3}\s")  # more than one of them
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:,\s(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?)"
_PLACE = r"(?:,\s[A-Z][\w.'\u2019-]{1,30}(?:\s[A-Z][\w.'\u2019-]{1,30}){0,2})"
_TOWN = r"[^\W\d_][\w.'\u2019/-]{2,30}(?:\s[^\W\d_][\w.'\u2019/-]{2,30}){0,3}"
_AGENCY = r"(?:\s\((?P<agency>[A-Z][\w .'\u2019/&-]{1,40})\))"
_DATELINE = re.compile(
    rf"(?P<town>{_TOWN})(?P<place>{_PLACE})?(?P<day>{_DAY})?{_AGENCY}?"
    r"\s*(?P<dash>[\u2012-\u2015]|--|-)\s+(?=[\"\u201c\u2018\u00ab]?(?P<first>\w))"
)
_AGENCIES = frozenset(
    {"AFP", "ANI", "ANSA", "AP", "Anadolu", "BBC", "Bloomberg", "CNN", "EFE", "Interfax", "PTI",
     "Reuters", "TASS", "UPI", "Ukrinform", "Xinhua"}
)  # fmt: skip
_CAPTION = re.compile(
    r"(?:file\s)?(?:photo(?:graph)?|image|picture|video|illustration)"
    r"(?:\s(?:credit|copyright|source|caption|by))?s?\s?[:|]"
    r"|image\s(?:copyright|caption|source)\b"
    r"|file\s(?:photo|image)\b|file\s[-\u2013\u2014]\s"
    r"|(?:figure|fig\.|table|chart|abbildung|tabelle)\s\d{1,3}(?:\.\d{1,3})?\s?[:.|\u2013\u2014]\s"
    r"|(?:foto|bild|\u0444\u043e\u0442\u043e|photo)\s?:",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"[(\[](?:AP Photo|Photo by|Photo:|File:|Image:|Picture:"
    r"|[^()\[\]]{0,60}/\s?(?:Reuters|AP|AFP|Getty|EPA|Anadolu))[^()\[\]]{0,80}[)\]]\.?$"
)
_BOILERPLATE = re.compile(
    r"(?:read|see|watch)\s(?:more|also|next|it)\s?(?:[:|>\u2192\u00bb]|$)|also\sread\s?:"
    r"|(?:click|tap)\shere\s(?:to|for)\b"
    r"|sign\sup\s(?:for|to)\s(?:our|the|get|receive|daily|free)\b"
    r"|subscribe\s(?:to\sour|now|today|here|for\sfree)\b|subscribe\W*$"
    r"|follow\sus\son\b|join\sour\s(?:telegram|whatsapp|newsletter|channel)\b"
    r"|download\sour\sapp\b|share\s(?:this(?:\s(?:article|story|post|page))?|on)\W*$"
    r"|advertisement\W*$|sponsored\s(?:content|links)\W*$|story\scontinues\sbelow\b"
    r"|continue\sreading\W*$|related\s?(?:stories|articles|topics|news)?\s?:|skip\sto\scontent\b"
    r"|(?:\u00a9|\(c\)\s\d{4}|copyright\s(?:\u00a9|\(c\)|\d{4}))|.{0,100}\ball\srights\sreserved\W*$"
    r"|(?:we|this\s(?:site|website|page))\suses?\scookies\b|by\sclicking\s.{1,60}\byou\sagree\b"
    r"|(?:accept|reject|manage)\s(?:all\s)?cookies\W*$"
    r"|\(?(?:additional\s)?reporting\sby\s.{1,120};"
    r"|(?:published|posted|last\supdated|updated)(?:\son)?\s?:"
    r"|anzeige\W*$|lesen\ssie\sauch\s?:|lire\saussi\s?:|lea\stambi\u00e9n\s?:"
    r"|реклама\W*$|читайте\sтакже\s?:|читайте\sтакож\s?:",
    re.IGNORECASE,
)


def kind(text: str, span: Span) -> SentenceKind:
    """Return what one piece of a paragraph is."""
    if span.end - span.start > _LONGEST_BOILERPLATE:
        return SentenceKind.PROSE
    piece = text[span.start : span.end]
    is_furniture = _BOILERPLATE.match(piece) or notices.is_one(piece)
    return SentenceKind.BOILERPLATE if is_furniture else SentenceKind.PROSE


def block_kind(text: str, blocks: Sequence[Span], number: int) -> SentenceKind | None:
    """Return what a block is as a whole; None for a paragraph, whose pieces are looked at."""
    span = blocks[number]
    if span.end - span.start > _LONGEST_CAPTION:
        return None
    block = text[span.start : span.end]
    if not _LETTER.search(block):
        return SentenceKind.BOILERPLATE
    if _CAPTION.match(block) or _CREDIT.search(block[-160:]):
        return SentenceKind.CAPTION
    is_short = len(block) <= _LONGEST_BOILERPLATE
    if is_short and (_BOILERPLATE.match(block) or _is_notice(block)):
        return SentenceKind.BOILERPLATE
    return SentenceKind.HEADING if _is_heading(text, blocks, number) else None


def _is_notice(block: str) -> bool:
    """Return whether a block of one sentence, or of none, speaks for the website."""
    return not _SENTENCES.search(block) and notices.is_one(block)


def dateline_end(text: str, block: Span) -> int:
    """Return where the dateline on top of *block* ends; its start when there is none."""
    head = text[block.start : min(block.end, block.start + 300)]
    found = _DATELINE.match(head)
    return block.start + found.end() if found and _is_dateline(found, head) else block.start


def _is_dateline(found: re.Match[str], head: str) -> bool:
    """Return whether what stands before a dash is a town, a day or an agency, and no subject."""
    if found["first"].islower():
        return False
    if found["agency"]:
        return bool(found["day"] or found["place"]) or (
            found["town"].isupper() or found["agency"] in _AGENCIES
        )
    if not found["town"].isupper():
        return False
    has_dash_after = any(dash in head[found.end() :] for dash in (" \u2014 ", " -- ", " \u2013 "))
    return bool(found["day"]) or (found["dash"] in {"\u2014", "--"} and not has_dash_after)


def _is_heading(text: str, blocks: Sequence[Span], number: int) -> bool:
    """Return whether a block heads those below: nothing but another heading may stand between."""
    block = text[slice(*blocks[number])]
    if not _looks_like_heading(block):
        return False
    below = [text[slice(*span)] for span in blocks[number + 1 : number + 3]]
    if block.isupper():
        return bool(below) and not below[0].isupper()
    return any(_is_paragraph(each) for each in below[:1]) or (
        len(below) == 2 and _looks_like_heading(below[0]) and _is_paragraph(below[1])
    )


def _looks_like_heading(block: str) -> bool:
    return (
        len(block) <= _LONGEST_HEADING
        and len(block.split()) <= _MOST_WORDS
        and not block[:1].islower()
        and block[:1] not in _QUOTES
        and not _FINISHED.search(block)
        and not words.begins_item(block)
        and "@" not in block
    )


def _is_paragraph(block: str) -> bool:
    return len(block) > _LONGEST_HEADING or bool(_FINISHED.search(block[-8:]))
