"""A text in; what it says of itself between two lines of `---` on top, and the rest, out."""

import re
from collections.abc import Iterator, Mapping

import yaml

from briefs.documents.parts import Parts
from briefs.errors import DocumentError

_LONGEST = 16_384  # characters
_FENCED = re.compile(r"---[ ]*\n((?:.*\n)*?)(?:---|\.\.\.)[ ]*(?:\n|$)")
_KEYS = frozenset({"title", "source", "author", "url", "date", "language", "sample"})
_REMEDY = 'correct it, or put the value in "quotation marks"'


def take(text: str, *, name: str) -> Parts:
    """Split *text* into its front matter and the rest; DocumentError when that cannot be read."""
    found = _FENCED.match(text) if text.startswith("---") else None
    if found is None or ":" not in found[1]:  # a rule drawn above the text
        return Parts(text=text, fields={})
    if len(found[1]) > _LONGEST:
        raise DocumentError(
            name, f"has front matter of more than {_LONGEST} characters: shorten it."
        )
    return Parts(text=text[found.end() :].lstrip("\n"), fields=_fields(found[1], name))


def _fields(source: str, name: str) -> Mapping[str, str]:
    """Return the values that matter, as they are written.

    The source is only parsed, never constructed: a value stays text, and a name for a value that
    is used again and again (an alias) costs nothing.
    """
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"in line {mark.line + 2} " if mark else ""
        why = getattr(error, "problem", None) or "it is nested too deeply"
        raise DocumentError(
            name, f"has front matter that cannot be read {where}({why}): {_REMEDY}."
        ) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise DocumentError(name, "has front matter that is no list of `key: value`: correct it.")
    return dict(_scalars(node, name))


def _scalars(node: yaml.MappingNode, name: str) -> Iterator[tuple[str, str]]:
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value.casefold() not in _KEYS:
            continue
        if not isinstance(value, yaml.ScalarNode):
            line = key.start_mark.line + 2
            raise DocumentError(
                name,
                f"has front matter whose {key.value} (line {line}) is not one value: {_REMEDY}.",
            )
        is_null = value.tag.endswith(":null")
        yield key.value.casefold(), "" if is_null else value.value
