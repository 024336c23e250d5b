"""What a reader hands on: the text of a file, and what the file says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One file, taken apart; `fields` are as written there, not yet checked."""

    text: str
    fields: Mapping[
        str, str
    ]  # title, standfirst, source, author, url, date, language, sample, host
    how: str = "front matter"  # where `fields` stood
    is_page: bool = False
