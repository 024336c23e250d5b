"""A message's body in, Discord's tree of errors out: empty when the body keeps every limit.

Lengths are UTF-16 code units (see `trees`). Text is stripped before it is counted as empty.
"""

from datetime import datetime

from tests.discord_server import component_limits, trees
from tests.discord_server.world import COMPONENTS_V2

CONTENT = 2_000
EMBEDS = 10
EMBEDS_TOTAL = 6_000
NONCE = 25
FILES = 10
FILE_BYTES = 10 * 1024 * 1024

_EMBED_TEXTS = {"title": 256, "description": 4_096, "url": 2_048}
_FIELDS = 25


def message_errors(body: dict, *, file_count: int = 0) -> dict:
    """Return what is wrong with a message's *body*, as a tree by field."""
    content, embeds = body.get("content"), body.get("embeds") or []
    components = body.get("components") or []
    tree = {
        "content": _text(content, CONTENT),
        "nonce": _text(body.get("nonce"), NONCE),
        "embeds": _embeds(embeds),
        "components": component_limits.component_errors(components, body.get("flags") or 0),
        "allowed_mentions": _mentions(body.get("allowed_mentions") or {}),
        "attachments": trees.too_long(FILES) if file_count > FILES else {},
    }
    if (body.get("flags") or 0) & COMPONENTS_V2 and (content or embeds):
        tree["flags"] = trees.error(
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            "content and embeds cannot be used with components v2",
        )
    return trees.pruned(tree)


def is_empty(body: dict, *, file_count: int = 0) -> bool:
    """Whether the message would show nothing at all."""
    shown = (str(body.get("content") or "").strip(), body.get("embeds"), body.get("components"))
    return not any(shown) and not file_count and not body.get("attachments")


def _text(value: object, limit: int) -> dict:
    return trees.too_long(limit) if value is not None and trees.units(value) > limit else {}


def _needed(value: object, limit: int) -> dict:
    return _text(value, limit) if str(value or "").strip() else trees.required()


def _embeds(embeds: list[dict]) -> dict:
    if len(embeds) > EMBEDS:
        return trees.too_long(EMBEDS)
    total = sum(embed_units(embed) for embed in embeds)
    if total > EMBEDS_TOTAL:
        return trees.error(
            "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBEDS_TOTAL}"
        )
    return trees.by_index(embeds, _embed)


def embed_units(embed: dict) -> int:
    """Return what one embed counts for among the 6,000."""
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    texts += [f.get(key) for f in embed.get("fields") or [] for key in ("name", "value")]
    return sum(trees.units(text) for text in texts if text)


def _embed(embed: dict) -> dict:
    if not embed_units(embed) and not (embed.get("image") or embed.get("thumbnail")):
        return trees.required()
    tree = {key: _text(embed.get(key), limit) for key, limit in _EMBED_TEXTS.items()}
    fields, footer, author = (embed.get(key) for key in ("fields", "footer", "author"))
    tree["fields"] = (
        trees.too_long(_FIELDS)
        if len(fields or []) > _FIELDS
        else trees.by_index(fields or [], _field)
    )
    tree["footer"] = trees.pruned({"text": _needed(footer.get("text"), 2_048)}) if footer else {}
    tree["author"] = trees.pruned({"name": _needed(author.get("name"), 256)}) if author else {}
    tree["timestamp"] = _timestamp(embed.get("timestamp"))
    tree["color"] = _color(embed.get("color"))
    tree["url"] = tree["url"] or _link(embed.get("url"))
    return trees.pruned(tree)


def _field(field: dict) -> dict:
    return trees.pruned(
        {"name": _needed(field.get("name"), 256), "value": _needed(field.get("value"), 1_024)}
    )


def _timestamp(value: object) -> dict:
    try:
        datetime.fromisoformat(str(value or "2000-01-01"))
    except ValueError:
        return trees.error("DATE_TIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601.")
    return {}


def _color(value: object) -> dict:
    if value is None or (isinstance(value, int) and 0 <= value <= 0xFFFFFF):
        return {}
    return trees.error("NUMBER_TYPE_MAX", "int value should be between 0 and 16777215.")


def _link(value: object) -> dict:
    if not value or str(value).startswith(("http://", "https://")):
        return {}
    return trees.error("URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https').")


def _mentions(allowed: dict) -> dict:
    both = [k for k in ("users", "roles") if allowed.get(k) and k in (allowed.get("parse") or [])]
    if both:
        return trees.error(
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
            f'parse:["{both[0]}"] and {both[0]}: [ids...] are mutually exclusive.',
        )
    return trees.pruned(
        {k: trees.too_long(100) for k in ("users", "roles") if len(allowed.get(k) or []) > 100}
    )
