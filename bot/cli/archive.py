"""`daybrief briefing list|show` and `daybrief said`: what was posted, and who said something."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import arguments, session, terminal
from bot.cli.preview import Guild, Json, line_json
from briefs.errors import NotFoundError
from briefs.model import PUBLIC, Archive, BriefingRecord, Scope

if TYPE_CHECKING:
    from briefs.exports import Kept
    from briefs.store import Store

app = typer.Typer(no_args_is_help=True, help="The briefings that were posted.")
_LISTED = 200
_NAMED = 5  # servers


class Form(StrEnum):
    """How a kept briefing is shown."""

    POST = "post"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


@app.command("list")
def listing(
    context: typer.Context,
    schedule: Annotated[str, typer.Option(help="Only those of this schedule")] = "",
    day: Annotated[str, typer.Option(help="Only those of this day, like 2026-11-22")] = "",
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """List the briefings that were posted, the newest first."""
    from bot import markup
    from briefs import pages

    with session.of(context).reading() as store:
        found = store.briefings.listing(
            session.scope(guild), limit=_LISTED, schedule=schedule, day=arguments.day(day)
        )
    if json:
        terminal.dump({"briefings": [_record_json(record) for record in found]})
    else:
        terminal.show(pages.lay_out(Archive(records=found), markup.LIMITS))


@app.command()
def show(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="Its number; 0 is the newest")] = 0,
    form: Annotated[Form, typer.Option("--format", help="How to show it")] = Form.POST,
    why: Annotated[bool, typer.Option("--why", help="Why these lines, and why no others")] = False,  # noqa: FBT002
    guild: Guild = 0,
) -> None:
    """Show a briefing again, exactly as it was posted."""
    from bot import markup
    from briefs import briefings, exports, pages
    from briefs.model import Explanation

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        record, kept = _kept(store, scope, number)
        shown = briefings.shown(store, scope, kept.pages)
        explained = Explanation(briefing=kept.briefing, number=record.id)
        laid_out = pages.lay_out(explained, markup.LIMITS) if why else ()
        reasons = briefings.shown(store, scope, laid_out) if why else ()
    if form is Form.POST:
        terminal.show((*shown, *reasons))
        return
    written = {
        Form.MARKDOWN: lambda: exports.markdown(shown),
        Form.HTML: lambda: exports.html(shown),
        Form.JSON: lambda: exports.dump(kept).decode() + "\n",
    }[form]()
    sys.stdout.write(written)


def said(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(help="A claim, or words that somebody quoted")],
    guild: Guild = 0,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show where something was said: the lines nearest to it, and which was the first."""
    from bot import markup
    from briefs import claims, lookups, pages

    scope = session.scope(guild)
    with session.of(context).reading() as store:
        found = claims.trace(store, scope, claim)
        laid_out = pages.lay_out(found, markup.LIMITS)
        lookups.prove(store, scope, laid_out)
    if json:
        hits = [line_json(hit.line) for hit in found.hits]
        terminal.dump({"claim": found.claim, "first": terminal.iso(found.first), "hits": hits})
    else:
        terminal.show(laid_out)


def _kept(store: "Store", scope: Scope, number: int) -> "tuple[BriefingRecord, Kept]":
    """Return the briefing of that *number*; NotFoundError names the servers that have some."""
    from briefs import briefings

    try:
        return briefings.kept(store, scope, number)
    except NotFoundError as error:
        guilds = sorted({each.scope for each in store.schedules.every()} - {scope, PUBLIC})
        if not guilds:
            raise
        named = ", ".join(str(each) for each in guilds[:_NAMED])
        hint = f"Those of a server are shown with --guild: {named}."
        raise NotFoundError(f"{error.message} {hint}") from error


def _record_json(record: BriefingRecord) -> dict[str, object]:
    return {
        "id": record.id,
        "made": terminal.iso(record.made),
        "since": terminal.iso(record.since),
        "until": terminal.iso(record.until),
        "about": record.about,
        "stories": record.stories,
        "schedule": record.schedule,
    }
