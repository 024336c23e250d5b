"""Addresses of the web as people and feeds write them in, one form for each out.

`canonical` is for showing and fetching, `key` for telling whether two lead to the same page. What
is left out can be told to be of no matter by its name; whatever might lead to another page stays,
and in its order. courlan's cleaning, which is at hand, goes further than that: it leaves out `cid`,
`uid`, `gallery` and whatever else begins like a tracker, and it sorts.
"""

import ipaddress
import re
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

_LONGEST = 4_000  # characters
_PORTS = {"http": 80, "https": 443}
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_UNSEEN = re.compile(r"[\t\r\n]")
_ENCODED = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_STRAY = re.compile(r"%(?![0-9a-fA-F]{2})")
_SAFE = "/%!$&'()*+,;=:@~?"
_SESSION = re.compile(r";jsessionid=[^/;?]{0,200}", re.IGNORECASE)
_ROUTES = ("!", "/")  # a fragment that begins like this tells pages apart

_TRACKERS = frozenset({
    "__s", "__source", "__twitter_impression", "_branch_match_id", "_bta_c", "_bta_tid", "_ga",
    "_gl", "_hsenc", "_hsmi", "_ke", "_kx", "_openstat", "at_campaign", "at_medium", "cmpid",
    "cvid", "dclid", "dm_i", "ef_id", "emci", "emdi", "epik", "fb_action_ids", "fb_action_types",
    "fb_comment_id", "fb_ref", "fb_source", "fbclid", "ftag", "ftcamp", "gad_source", "gbraid",
    "gclid", "gclsrc", "guccounter", "guce_referrer", "guce_referrer_sig", "hsctatracking", "icid",
    "igsh", "igshid", "irclickid", "li_fat_id", "mbid", "mc_cid", "mc_eid", "mkt_tok",
    "ml_subscriber", "ml_subscriber_hash", "msclkid", "ns_campaign", "ns_fee", "ns_linkname",
    "ns_mchannel", "ns_source", "ocid", "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid",
    "s_kwcid", "sc_cid", "smid", "spm", "sr_share", "srsltid", "taid", "trkcampaign",
    "ttclid", "twclid", "vero_conv", "vero_id", "wbraid", "wickedid", "wt_mc", "wt_zmc", "wtmc",
    "xtor", "yclid", "ysclid",
})  # fmt: skip
_FAMILIES = ("utm_", "at_custom", "hsa_", "itm_", "matomo_", "mtm_", "piwik_", "pk_")
_ORIGINS = frozenset({
    "campaign", "cmp", "emc", "feature", "from", "medium", "partner", "ref", "source", "src",
})  # fmt: skip
_FEEDS = frozenset({"atom", "feed", "feeds", "rss", "rss-feed", "rss_feed", "rssfeed"})


def canonical(url: str) -> str:
    """Return *url* without trackers and without what leads to a place in its page.

    It is "" for what is no address of the web, or has a password in it. Doing it twice changes
    nothing; http stays http.
    """
    bare = _UNSEEN.sub("", url.strip()) if len(url) <= _LONGEST else ""
    try:
        parts = urlsplit(bare)
        place = _place(parts)
        path = _path(parts.path)
        query = _query(parts.query)
    except ValueError:
        return ""
    fragment = _written(parts.fragment) if parts.fragment.startswith(_ROUTES) else ""
    whole = urlunsplit((parts.scheme, place, path, query, fragment)) if place else ""
    return whole if len(whole) <= _LONGEST else ""


def key(url: str) -> str:
    """Return what is the same for two addresses that lead to one page; "" as `canonical` does.

    It tells neither http from https nor "www." from none, and a slash at the end does not count.
    """
    _, _, rest = canonical(url).partition("://")
    page, mark, more = rest.partition("?") if "?" in rest else (rest, "", "")
    place, _, path = page.partition("/")
    bare = place.removeprefix("www.")
    return f"{bare if '.' in bare else place}/{path}".rstrip("/") + mark + more


def host(url: str) -> str:
    """Return the host of *url* in small letters, as the network knows it; "" when it has none."""
    try:
        return _host(urlsplit(url.strip())) if len(url) <= _LONGEST else ""
    except ValueError:
        return ""


def _place(parts: SplitResult) -> str:
    """Return host and port as they are written; ValueError for what nobody should be sent to."""
    name = _host(parts)
    if parts.scheme not in _PORTS or "@" in parts.netloc or not name:
        raise ValueError(parts.scheme)
    shown = f"[{name}]" if ":" in name else name
    port = parts.port
    return shown if port in {None, _PORTS[parts.scheme]} else f"{shown}:{port}"


def _host(parts: SplitResult) -> str:
    name = (parts.hostname or "").removesuffix(".")
    if ":" in name:
        return ipaddress.IPv6Address(name).compressed if "%" not in name else ""
    if not name.isascii():
        name = name.encode("idna").decode("ascii").casefold()
    return name if len(name) <= 253 and _HOST.fullmatch(name) else ""


def _path(path: str) -> str:
    """Return *path* without a session and without steps up and down."""
    steps: list[str] = []
    segments = _SESSION.sub("", _written(path)).split("/")[1:]
    for segment in segments:
        if segment == "..":
            del steps[-1:]
        elif segment != ".":
            steps.append(segment)
    is_folder = bool(segments) and segments[-1] in {".", ".."}
    return "/" + "/".join([*steps, ""] if is_folder else steps)


def _query(query: str) -> str:
    """Return *query* without what only says where somebody came from; the order is kept."""
    kept = (piece for piece in query.split("&") if piece and not _is_tracker(piece))
    return "&".join(_written(piece) for piece in kept)


def _is_tracker(piece: str) -> bool:
    name, _, value = unquote(piece).casefold().partition("=")
    name = name.removeprefix("amp;").strip()
    is_origin = name in _ORIGINS and value.strip() in _FEEDS
    return name in _TRACKERS or name.startswith(_FAMILIES) or is_origin


def _written(text: str) -> str:
    """Return *text* with what has to be encoded encoded, and with nothing else."""
    whole = quote(_STRAY.sub("%25", text), safe=_SAFE)
    return _ENCODED.sub(_decoded, whole)


def _decoded(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()
