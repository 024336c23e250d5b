"""Text as it was decoded in, text that is safe to store and to show out.

Nothing that can be read is changed: only what cannot be seen, reorders other characters, or is
there in absurd amounts goes away.
"""

import re
import unicodedata

_MOST_MARKS = 4  # on one letter; more is noise that runs into the lines around it
_LONGEST_WORD = 500  # letters and digits in a row; the rest of a longer run is left out

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # those that turn the direction of text
    "\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000\U000e0001"  # no width
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # no characters at all
)
# A joiner has a work to do inside the words of some scripts, and inside an emoji.
_SHAPED = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_JOINERS = re.compile(
    rf"((?<=[{_SHAPED}])[\u200c\u200d](?=[{_SHAPED}])"
    rf"|(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])"
    rf"|\U0001f3f4[\U000e0020-\U000e007e]{{1,8}}\U000e007f)"
    r"|[\u200c\u200d\U000e0020-\U000e007f]"
)
_SIGNS = re.compile(rf"[^\w\s\x00-\u02ff]{{{_MOST_MARKS + 1},}}")
_ENDLESS = re.compile(rf"(?<!\w)(\w{{{_LONGEST_WORD}}})\w+")
_SPACES = re.compile(r"[^\S\n]+")
_MARGINS = re.compile(r"(?<![^\n]) | (?![^\n])")


def clean(text: str) -> str:
    """Return *text* normalised (NFC), with plain spaces and newlines, and nothing invisible."""
    text = _ENDLESS.sub(r"\1", _SPACES.sub(" ", characters(text)))
    return _MARGINS.sub("", text).strip("\n")


def characters(text: str) -> str:
    """Return *text* as `clean` does, with its spaces left where they are."""
    text = _INVISIBLE.sub("", _NEWLINES.sub("\n", text))
    text = _JOINERS.sub(r"\1", text)
    # Marks are counted before they are put in order: ordering a million of them takes minutes.
    return unicodedata.normalize("NFC", _SIGNS.sub(_fewer_marks, text))


def line(text: str) -> str:
    """Return *text* cleaned, in one line."""
    return " ".join(clean(text).split())


def _fewer_marks(match: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in match.group():
        marks = marks + 1 if unicodedata.category(char)[0] == "M" else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)
