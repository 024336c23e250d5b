"""Rows in, words out, and back; and the digest by which a stored text proves that it is whole."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Row, Select, select

from briefs.model import Document, DocumentId, Post, Scope, Sentence, SentenceKind, Span
from briefs.store import tables
from briefs.store.tables import EPOCH

T = TypeVar("T")
AnyRow: TypeAlias = Row[Any]

BEYOND = "\U0010ffff"  # sorts after every letter that may follow the beginning of a word

_HEADER = (
    tables.document.c.id,
    tables.document.c.scope,
    tables.document.c.identity,
    tables.document.c.revision,
    tables.document.c.title,
    tables.document.c.standfirst,
    tables.document.c.source,
    tables.document.c.author,
    tables.document.c.url,
    tables.document.c.language,
    tables.document.c.published,
    tables.document.c.published_how,
    tables.document.c.arrived,
    tables.document.c.sample,
    tables.document.c.backlog,
)


def headers() -> Select[Any]:
    """Select live documents without their texts."""
    return select(*_HEADER).where(tables.document.c.state == "live")


def whole() -> Select[Any]:
    """Select live documents with their texts and digests."""
    joined = tables.document.join(tables.body)
    columns = (*_HEADER, tables.document.c.digest, tables.body.c.text)
    return select(*columns).select_from(joined).where(tables.document.c.state == "live")


def document(row: Row[Any], *, text: str = "", posts: Iterable[Post] = ()) -> Document:
    """Return the document of a row of `headers` or `whole`."""
    return Document(
        id=DocumentId(row.id),
        scope=Scope(row.scope),
        identity=row.identity,
        revision=row.revision,
        title=row.title,
        standfirst=row.standfirst,
        source=row.source,
        author=row.author,
        url=row.url,
        language=row.language,
        published=row.published,
        published_how=row.published_how,
        arrived=row.arrived,
        sample=row.sample,
        backlog=row.backlog,
        text=text,
        posts=tuple(posts),
    )


def posts(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Post]]:
    """Return the posts that the documents *numbers* embed, in their order."""
    post = tables.post.c
    query = select(tables.post).where(post.document.in_(numbers))
    found: dict[int, list[Post]] = {}
    for row in connection.execute(query.order_by(post.document, post.start)):
        each = Post(
            span=Span(row.start, row.end),
            author=row.author,
            handle=row.handle,
            published=row.published,
        )
        found.setdefault(row.document, []).append(each)
    return found


def sentence(row: Row[Any], text: str) -> Sentence:
    """Return the sentence of a row of its table, in a document that reads *text*."""
    kinds = SentenceKind._value2member_map_
    return Sentence(
        document=DocumentId(row.document),
        index=row.idx,
        span=Span(row.start, row.end),
        text=text[row.start : row.end],
        kind=SentenceKind(row.kind) if row.kind in kinds else SentenceKind.BOILERPLATE,
    )


def digest(document: Document) -> str:
    """Return 32 hex digits that differ when anything that is shown of *document* differs.

    The time of a file is left out: to touch a file is not to correct what it says.
    """
    dated = document.published is not None and not document.filed
    published = str(document.published - EPOCH) if document.published and dated else ""
    return _digest(
        document.title,
        document.standfirst,
        document.source,
        document.author,
        document.url,
        document.language,
        published,
        str(int(document.sample)),
        document.text,
    )


def text_digest(text: str) -> str:
    """Return 32 hex digits that differ when *text* does."""
    return _digest(text)


def in_parts(items: Iterable[T], size: int = 500) -> Iterator[tuple[T, ...]]:
    """Cut *items* into parts that one statement can take."""
    left = iter(items)
    while part := tuple(islice(left, size)):
        yield part


def _digest(*parts: str) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(encoded))  # so that no word can move from one part to the next
        digest.update(encoded)
    return digest.hexdigest()
