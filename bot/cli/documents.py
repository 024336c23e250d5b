"""`daybrief doc`: the documents of the library."""

import sys
from typing import Annotated

import typer

from bot.cli import arguments, session, terminal
from bot.cli.topics import Also, Json, Own, show
from briefs.model import Before, Document, DocumentEdit, DocumentId

app = typer.Typer(no_args_is_help=True, help="The documents of the library.")

_MOST = 200
_LARGEST = 2**53

Number = Annotated[int, typer.Argument(min=1, max=_LARGEST, help="The number of the document")]


@app.command("list")
def listing(
    context: typer.Context,
    title: Annotated[str, typer.Option(help="How the title begins")] = "",
    guild: Also = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """List the documents, the newest first."""
    from briefs import lookups

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        shelf = lookups.shelf(store, scope, title=title, limit=_MOST)
        if json:
            rows = [_header(each) for each in shelf.documents]
            terminal.dump({"documents": rows, "more": shelf.more})
        else:
            show(store, scope, shelf)


@app.command("show")
def whole(context: typer.Context, number: Number, guild: Also = 0, json: Json = False) -> None:  # noqa: FBT002
    """Show a document as it is stored, and what it said before."""
    from briefs import corrections

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        edition = corrections.edition(store, scope, DocumentId(number))
        if json:
            shown = {**_header(edition.document), "text": edition.document.text}
            terminal.dump({"document": shown, "before": [_before(each) for each in edition.before]})
        else:
            show(store, scope, edition)


@app.command()
def edit(
    context: typer.Context,
    number: Number,
    title: Annotated[str | None, typer.Option(help="What it is called")] = None,
    source: Annotated[str | None, typer.Option(help="The outlet that it is from")] = None,
    author: Annotated[str | None, typer.Option(help="Who wrote it")] = None,
    date: Annotated[str, typer.Option(help="When it was published: 2026-11-22T07:30Z")] = "",
    guild: Own = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Correct what a document is called, whose it is, and of when; it stays so."""
    from briefs import ingest, sources

    call = session.of(context)
    given = DocumentEdit(
        document=DocumentId(number),
        scope=session.scope(guild),
        actor=0,
        at=call.now,
        title=title,
        source=source,
        author=author,
        published=arguments.moment(date, before=call.now) if date else None,
    )
    correction = sources.correction(given)
    with call.writing() as store:
        document = sources.corrected(store, correction)
        recogniser = call.settings.analysis.recogniser
        analysis = ingest.find(document, recogniser=recogniser)
        sources.keep_correction(store, correction, analysis)
        kept = store.documents.get(correction.scope, correction.document)
    _told(kept, "is corrected", json=json)


@app.command()
def remove(context: typer.Context, number: Number, guild: Own = 0, json: Json = False) -> None:  # noqa: FBT002
    """Delete a document and all that was found in it; its file is not read until it changes."""
    with session.of(context).writing() as store:
        gone = store.documents.remove(session.scope(guild), DocumentId(number))
    _told(gone, "is deleted", json=json)


@app.command()
def reindex(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=0, max=_LARGEST, help="One; 0: all of them")] = 0,
    guild: Own = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Find the names, quotes and figures in documents anew."""
    from bot import library
    from bot.cli import progress

    call, scope = session.of(context), session.scope(guild)
    with call.writing() as store:
        many = store.renewal.again(scope, DocumentId(number) if number else None)
        with progress.bar("Analysing again", many) as advance:
            library.renew(store, call.settings, most=many, advance=advance)
    if json:
        terminal.dump({"documents": many})
    else:
        sys.stderr.write(f"Documents analysed again: {many:,}.\n")


def _before(before: Before) -> dict[str, object]:
    gone = [{"text": text, "start": span.start, "end": span.end} for span, text in before.gone]
    until = terminal.iso(before.until)
    return {"revision": before.revision, "until": until, "gone": gone, "more": before.more}


def _header(document: Document) -> dict[str, object]:
    return {
        "document": document.id,
        "guild": document.scope,
        "title": document.title,
        "source": document.source,
        "author": document.author,
        "url": document.url,
        "language": document.language,
        "published": terminal.iso(document.published),
        "published_how": document.published_how,
        "arrived": terminal.iso(document.arrived),
        "revision": document.revision,
        "sample": document.sample,
    }


def _told(document: Document, what: str, *, json: bool) -> None:
    if json:
        terminal.dump({"document": _header(document)})
    else:
        sys.stderr.write(f"Document {document.id}, {document.title}, {what}.\n")
