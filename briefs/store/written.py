"""What somebody typed in, the rows of entities out that it may stand for: a bounded number."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from briefs import words
from briefs.model import EntityId, Scope
from briefs.store import ranking, rows, scopes, shelving, tables

_SCANNED = 400  # terms that one scan of an index reads
_CANDIDATES = 200  # names that are compared with a name that nobody bears
_ENDING = 50  # names that end alike
_FORMS = 4_000  # ways of writing that are compared, of 500 rows
_WAYS = 32  # ways of writing one of them
_LIKEST = 75  # ways of writing that are like what is typed
_NEAR = 72.0  # of 100: how alike two names are that may have been mistaken for each other


def folded(text: str) -> str:
    """Fold what somebody typed; what no name can hold is dropped."""
    plain = text[:100].replace("\0", "").encode("utf-8", "ignore").decode()
    return words.fold(plain).removeprefix("@").strip()


def beginning(connection: Connection, scope: Scope, begun: str, *, most: int) -> list[EntityId]:
    """Return rows with a term that begins as *begun*, those in the most documents first."""
    if len(begun) > ranking.PREFIX:
        return _scan(connection, scope, begun[: shelving.TERM], most=most)
    prefix = tables.prefix.c
    query = select(prefix.rank, prefix.entity).where(prefix.prefix == begun)
    query = query.order_by(prefix.rank, prefix.entity).limit(most)
    found = [
        (rank, entity)
        for each in scopes.view(scope)
        for rank, entity in connection.execute(query.where(prefix.scope == each))
    ]
    return [EntityId(entity) for _, entity in sorted(found)[:most]]


def ending(connection: Connection, scope: Scope, typed: str) -> list[EntityId]:
    """Return rows of which a name is *typed*, or ends with it after other words."""
    term = tables.term.c
    query = select(term.entity).where(term.term == typed[: shelving.TERM]).limit(_ENDING)
    return [
        EntityId(number)
        for each in scopes.view(scope)
        for number in connection.scalars(query.where(term.scope == each))
    ]


def alike(connection: Connection, scope: Scope, typed: str) -> list[EntityId]:
    """Return rows that are written much like *typed*, the likest first, of a bounded number."""
    from rapidfuzz import fuzz, process

    beginnings = dict.fromkeys(typed[:size] for size in range(ranking.PREFIX, -1, -1))
    found = dict.fromkeys(
        number
        for begun in beginnings
        for number in beginning(connection, scope, begun, most=_CANDIDATES)
    )
    forms = _forms(connection, found)
    plain = {place: words.fold(form).removeprefix("@") for place, (_, form) in enumerate(forms)}
    near = process.extract(typed, plain, scorer=fuzz.WRatio, limit=_LIKEST, score_cutoff=_NEAR)
    return [*dict.fromkeys(forms[place][0] for _, _, place in near)]


def _forms(connection: Connection, entities: Iterable[EntityId]) -> list[tuple[EntityId, str]]:
    """Return the ways in which *entities* are written, in their order."""
    alias = tables.alias.c
    written: dict[EntityId, list[str]] = {number: [] for number in entities}
    for part in rows.in_parts(written):
        query = select(alias.entity, alias.text).where(alias.entity.in_(part))
        query = query.order_by(alias.entity, alias.documents.desc(), alias.key, alias.text)
        for row in connection.execute(query.limit(_FORMS)):
            written[EntityId(row.entity)].append(row.text)
    return [(number, form) for number, forms in written.items() for form in forms[:_WAYS]]


def _scan(connection: Connection, scope: Scope, beginning: str, *, most: int) -> list[EntityId]:
    term, tally = tables.term.c, tables.tally.c
    query = select(term.entity).where(term.term >= beginning, term.term < beginning + rows.BEYOND)
    found = {
        entity
        for each in scopes.view(scope)
        for entity in connection.scalars(query.where(term.scope == each).limit(_SCANNED))
    }
    counted: list[tuple[int, int]] = []
    for part in rows.in_parts(sorted(found)):
        sums = select(-tally.documents, tally.entity).where(tally.entity.in_(part))
        counted += [(count, entity) for count, entity in connection.execute(sums)]
    return [EntityId(entity) for _, entity in sorted(counted)[:most]]
