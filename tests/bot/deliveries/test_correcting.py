"""A sentence that an outlet has changed is corrected once, whatever fails and wherever it dies."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot import markup
from bot.deliveries import Corrections, planning
from briefs import briefings, corrections, documents, ingest, ledger, pages
from briefs.exports import Kept
from briefs.model import BriefingEdit, EditKind, State
from briefs.store import open_store, tables
from briefs.store.installation import RESTORED
from tests.bot.deliveries import fakes
from tests.bot.deliveries.fakes import HOME, START

FIRST = "Workers of Tarn Works built the bridge in two years for 12 million euros."
SECOND = "Mayor Ada Quill opened it on Monday."
MINUTE = timedelta(minutes=1)
MESSAGE = 99


class Discord(fakes.Discord):
    """Channels in which a correction is found by the marker in its footer."""

    async def find(self, channel, marker, attempted):
        if not self.readable:
            return ledger.CannotTell("the channel cannot be read.")
        for number, body, _ in self.channels.get(channel, []):
            if marker in body["embeds"][0]["footer"]["text"]:
                return ledger.Found(number)
        return ledger.Absent()

    def bodies(self):
        return [body for _, body, _ in self.channels.get(5, [])]


class Door(fakes.Door):
    """A door that computes in the same process."""

    async def apart(self, function, *args):
        return function(self.store, *args)


class Newsroom(fakes.Machine):
    """A store with a briefing that was posted, and a Discord that it was posted to."""

    def __init__(self, store):
        super().__init__(store)
        self.discord = Discord(lambda: self.now)
        self.told = []
        self.shift = self.schedule()
        self.keep(f"{FIRST} {SECOND}")
        self.number = self.brief(MESSAGE)

    def keep(self, text):
        document = documents.of(text, title="A bridge", source="Courier", identity="file:a")
        self.document = self.store.documents.add(ingest.find(document), arrived=START).id

    def brief(self, message, *, state=State.SENT, payload=b'{"embeds":[{}]}'):
        asked = briefings.Asked(since=START, until=START + MINUTE, length="long")
        briefing = briefings.compose(self.store, HOME, asked)
        laid_out = pages.lay_out(briefing, markup.LIMITS)
        number = briefings.keep(self.store, briefing, laid_out, schedule="x", made=self.now)
        row = self.store.deliveries.by_hand(self.shift, self.now.date(), self.now)
        key = (row.schedule, row.date, row.slot)
        numbers = corrections.documents(Kept(briefing, laid_out))
        self.store.postings.note(number, key=key, made=self.now, documents=numbers)
        made = replace(row, state=state, payload=payload, message=message)
        assert self.store.deliveries.save(made)
        self.row = made
        return number

    async def boot(self, *, deaths=0):
        self.door = Door(self.store)
        planning.take_over(self.store, self.now)
        self.corrections = Corrections(
            self.door,
            fakes.Line(self.door, self.discord),
            installation="test",
            tell=self.tell,
            give_up=self.given_up.append,
            clock=lambda: self.now,
        )
        self.door.deaths = deaths

    async def tell(self, schedule, key, text):
        self.told.append((schedule, key, text))

    async def tick(self, *, after=timedelta(0)):
        self.now += after
        await self.corrections.tick()
        await self.corrections.settle()

    def rows(self):
        return self.store.postings.corrections.of(HOME, self.number)

    def states(self):
        return [each.row.state for each in self.rows()]


@pytest.fixture
def newsroom(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/test.db") as store:
        yield Newsroom(store)


async def test_a_change_is_told_once_as_a_reply_that_notifies_nobody(newsroom):
    await newsroom.boot()
    await newsroom.tick()
    newsroom.keep(f"{FIRST.replace('12', '19')} {SECOND}")
    for _ in range(3):
        await newsroom.tick(after=MINUTE)

    [body] = newsroom.discord.bodies()
    shown = markup.unescape(body["embeds"][0]["description"])
    assert body["message_reference"] == {"message_id": str(MESSAGE), "fail_if_not_exists": True}
    assert body["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert f"> {FIRST}" in shown
    assert f"> {FIRST.replace('12', '19')}" in shown
    assert shown.startswith(f"Courier has changed what briefing {newsroom.number} quotes.")
    assert newsroom.states() == [State.SENT]


async def test_a_withdrawal_is_told_once_and_only_when_it_has_lasted(newsroom):
    await newsroom.boot()
    newsroom.keep(f"{FIRST.replace('12', '19')} {SECOND}")
    await newsroom.tick(after=MINUTE)
    newsroom.store.documents.withdraw("file:a")
    with newsroom.store._database.write() as connection:
        since = update(tables.revision).where(tables.revision.c.revision == 2)
        connection.execute(since.values(replaced=newsroom.now))
    await newsroom.tick(after=59 * MINUTE)
    early = len(newsroom.discord.bodies())
    for _ in range(3):
        await newsroom.tick(after=MINUTE)

    [_, body] = newsroom.discord.bodies()
    shown = markup.unescape(body["embeds"][0]["description"])
    assert early == 1
    assert shown.startswith(f"Courier has withdrawn what briefing {newsroom.number} quotes.")
    assert newsroom.states() == [State.SENT, State.SENT]


async def test_a_document_that_comes_back_within_the_hour_was_never_withdrawn(newsroom):
    await newsroom.boot()
    newsroom.store.documents.withdraw("file:a")
    await newsroom.tick(after=MINUTE)
    newsroom.keep(f"{FIRST} {SECOND}")
    await newsroom.tick(after=120 * MINUTE)

    assert newsroom.discord.bodies() == []


async def test_nothing_is_told_of_what_is_only_moved_or_was_told_already(newsroom):
    await newsroom.boot()
    newsroom.keep(f"It rained.\n{SECOND} {FIRST}")
    await newsroom.tick(after=MINUTE)
    moved = newsroom.discord.bodies()
    newsroom.keep(f"It rained. {SECOND}")
    await newsroom.tick(after=MINUTE)
    newsroom.keep(f"It rained a lot. {SECOND}")
    await newsroom.tick(after=MINUTE)
    newsroom.keep(f"It rained a lot. {SECOND.replace('Monday', 'Sunday')}")
    await newsroom.tick(after=MINUTE)

    shown = [
        markup.unescape(each["embeds"][0]["description"]) for each in newsroom.discord.bodies()
    ]
    assert moved == []
    assert len(shown) == 2
    assert "The outlet has taken it out." in shown[0]
    assert "Monday" not in shown[0]
    assert "Sunday" in shown[1]
    assert FIRST not in shown[1]


async def test_a_kill_at_any_step_neither_loses_nor_doubles_a_correction(tmp_path):
    for deaths in range(1, 60):
        with open_store(f"sqlite:///{tmp_path}/{deaths}.db") as store:
            newsroom = Newsroom(store)
            newsroom.keep(SECOND)
            await newsroom.boot(deaths=deaths)
            await newsroom.corrections.tick()
            task = newsroom.corrections._running
            died = await asyncio.gather(task, return_exceptions=True)
            newsroom.now += timedelta(minutes=deaths % 3)  # within the nonce's window, and past it
            await newsroom.boot()
            for _ in range(4):
                await newsroom.tick(after=MINUTE)

            assert len(newsroom.discord.bodies()) == 1, deaths
            assert newsroom.states() == [State.SENT], deaths
        if not isinstance(died[0], fakes.Died):
            break
    assert deaths > 8
    assert deaths < 59


async def test_a_correction_whose_fate_is_unknown_is_looked_for_and_never_guessed(newsroom):
    newsroom.keep(SECOND)
    newsroom.discord.script = ["after"]
    newsroom.discord.readable = False
    await newsroom.boot()
    await newsroom.tick()
    await newsroom.tick(after=5 * MINUTE)

    [row] = newsroom.rows()
    [told] = newsroom.told
    assert row.row.state is State.UNCERTAIN
    assert len(newsroom.discord.bodies()) == 1
    assert "A correction of briefing" in told[2]


async def test_a_lost_answer_is_settled_from_the_history(newsroom):
    newsroom.keep(SECOND)
    newsroom.discord.script = ["after"]
    await newsroom.boot()
    await newsroom.tick()
    await newsroom.tick(after=5 * MINUTE)

    [row] = newsroom.rows()
    assert (row.row.state, row.row.how) == (State.SENT, "reconciled")
    assert len(newsroom.discord.bodies()) == 1


async def test_a_correction_waits_until_the_briefing_is_out(newsroom):
    newsroom.store.deliveries.save(replace(newsroom.row, state=State.READY, message=0))
    newsroom.keep(SECOND)
    await newsroom.boot()
    await newsroom.tick()
    before = newsroom.discord.bodies()
    row = newsroom.store.deliveries.again(newsroom.row)
    newsroom.store.deliveries.save(replace(row, state=State.SENT, message=MESSAGE))
    await newsroom.tick(after=MINUTE)

    assert before == []
    assert newsroom.states() == [State.SENT]


@pytest.mark.parametrize("state", [State.FAILED, State.SKIPPED, State.UNCERTAIN])
async def test_what_was_never_posted_is_not_corrected(newsroom, state):
    row = newsroom.store.deliveries.again(newsroom.row)
    newsroom.store.deliveries.save(replace(row, state=state, message=0))
    newsroom.keep(SECOND)
    await newsroom.boot()
    for _ in range(2):
        await newsroom.tick(after=MINUTE)

    assert newsroom.rows() == ()
    assert newsroom.store.postings.stale(START) == ()


async def test_a_briefing_of_more_than_a_week_ago_is_not_corrected(newsroom):
    await newsroom.boot()
    newsroom.now += timedelta(days=7, minutes=1)
    newsroom.keep(SECOND)
    await newsroom.tick()

    assert newsroom.rows() == ()


async def test_a_deleted_message_is_not_corrected_and_nobody_is_told_of_it(newsroom):
    newsroom.keep(SECOND)
    gone = "Invalid Form Body In message_reference: Unknown message"
    newsroom.discord.script = [ledger.Refused(400, 50035, gone)]
    await newsroom.boot()
    await newsroom.tick()

    [row] = newsroom.rows()
    assert (row.row.state, row.row.reason) == (
        State.SKIPPED,
        "The message of the briefing was deleted.",
    )
    assert newsroom.told == []


async def test_what_discord_refuses_fails_and_is_told_once(newsroom):
    newsroom.keep(SECOND)
    newsroom.discord.script = [ledger.Refused(403, 50013, "Missing Permissions")]
    await newsroom.boot()
    for _ in range(2):
        await newsroom.tick(after=MINUTE)

    [told] = newsroom.told
    assert newsroom.states() == [State.FAILED]
    assert "Missing Permissions" in told[2]
    assert newsroom.store.schedules.get(newsroom.shift.id).paused == ""


async def test_a_refused_token_ends_the_process_and_nothing_is_lost(newsroom):
    newsroom.keep(SECOND)
    newsroom.discord.script = [ledger.Refused(401, 0, "Unauthorized")]
    await newsroom.boot()
    await newsroom.tick()
    ended = list(newsroom.given_up)
    await newsroom.boot()
    await newsroom.tick(after=MINUTE)

    assert len(ended) == 1
    assert newsroom.states() == [State.SENT]


async def test_a_briefing_that_was_withdrawn_meanwhile_is_not_corrected(newsroom):
    newsroom.keep(SECOND)
    newsroom.discord.script = [ledger.NotSent("Discord asked to wait.", 30.0)]
    await newsroom.boot()
    await newsroom.tick()
    edit = BriefingEdit(HOME, newsroom.number, EditKind.WITHDRAW, 7, newsroom.now)
    newsroom.store.postings.edit(edit)
    await newsroom.tick(after=MINUTE)

    assert newsroom.states() == [State.SKIPPED]
    assert newsroom.discord.bodies() == []


async def test_a_briefing_in_plain_text_is_corrected_in_plain_text(newsroom):
    newsroom.keep(f"{FIRST} {SECOND}\nIt rained on Lake Ems.")
    newsroom.number = newsroom.brief(MESSAGE, payload=b'{"content":"Briefing"}')
    newsroom.keep(f"{SECOND}\nIt rained on Lake Ems.")
    await newsroom.boot()
    await newsroom.tick()

    plain = [body for body in newsroom.discord.bodies() if "content" in body]
    assert len(plain) == 1
    assert "embeds" not in plain[0]
    assert newsroom.rows()[0].row.marker in plain[0]["content"]


async def test_many_long_changes_are_one_message_that_counts_what_it_leaves_out(newsroom):
    long = [f"Clerk {letter * 9} counted {letter * 1_500} in all." for letter in "abcdefghij"]
    newsroom.keep(" ".join(long))
    newsroom.number = newsroom.brief(MESSAGE)
    newsroom.keep("It rained.")
    await newsroom.boot()
    await newsroom.tick()

    bodies = [b for b in newsroom.discord.bodies() if "counted" in str(b)]
    assert len(bodies) == 1
    [embed] = bodies[0]["embeds"]
    assert len(embed["description"]) <= 4_096
    assert "further sentence" in embed["description"]


async def test_after_a_restored_backup_nothing_old_is_corrected(newsroom):
    newsroom.keep(SECOND)
    newsroom.store.installation.put(RESTORED, "yes")
    newsroom.now += MINUTE
    await newsroom.boot()
    await newsroom.tick()
    newsroom.keep("Nothing is left.")
    await newsroom.tick(after=MINUTE)

    assert newsroom.rows() == ()
    assert newsroom.discord.bodies() == []


async def test_what_is_under_way_may_end_before_it_ends_itself(newsroom):
    newsroom.keep(SECOND)
    await newsroom.boot()
    await newsroom.corrections.tick()
    await newsroom.corrections.drain(5.0)

    assert newsroom.states() == [State.SENT]


async def test_it_ends_in_time_and_the_rest_follows_at_the_next_start(newsroom):
    newsroom.keep(SECOND)
    never = asyncio.Event()
    newsroom.discord.script = [never]
    await newsroom.boot()
    await newsroom.corrections.tick()
    await newsroom.discord.asked.wait()
    await newsroom.corrections.drain(0.05)
    await newsroom.corrections.tick()
    held = newsroom.states()
    await newsroom.boot()
    await newsroom.tick(after=2 * MINUTE)

    assert held == [State.SENDING]
    assert newsroom.states() == [State.SENT]
    assert len(newsroom.discord.bodies()) == 1
