"""Small feeds of every format, made as they are needed."""

import json

URL = "https://news.example/feeds/all.xml"
SPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
)


def rss(*items: str, channel: str = "", prolog: str = '<?xml version="1.0"?>') -> str:
    """Return an RSS 2.0 feed; each of *items* is what an item holds."""
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f'{prolog}<rss version="2.0" {SPACES}><channel>{channel}{listed}</channel></rss>'


def rdf(*items: str) -> str:
    """Return an RSS 1.0 feed."""
    listed = "".join(
        f'<item rdf:about="https://news.example/{number}">{item}</item>'
        for number, item in enumerate(items)
    )
    return (
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f"<channel><title>Old News</title><link>https://news.example/</link></channel>{listed}"
        "</rdf:RDF>"
    )


def atom(*entries: str, feed: str = "", attributes: str = "") -> str:
    """Return an Atom 1.0 feed; each of *entries* is what an entry holds."""
    listed = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}>{feed}{listed}</feed>'


def json_feed(*items: object, **told: object) -> str:
    """Return a JSON Feed of *items*."""
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items, **told})
