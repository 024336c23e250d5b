"""The configuration: defaults, overrides, and one sentence for whatever is wrong."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot import config
from bot.config.tables import Schedule
from briefs.errors import ConfigError

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
TABLES = {"schedules": Schedule, "feeds": config.Feed}
FEED = '[[feeds]]\nname = "courier"\nurl = "https://courier.example/feed.xml"\n'
SCHEDULE = '[[schedules]]\nname = "morning"\nchannel = 42\ntime = "07:30"\n'
TOKEN = ".".join(("MTIzNDU2Nzg5MDEyMzQ1Njc4", "GabcdE", "abcdefghijklmnopqrstuvwxyz0123456789AB"))


def load(folder, text="", **environment):
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path, environment)


def complaint(folder, text="", **environment):
    with pytest.raises(ConfigError) as raised:
        load(folder, text, **environment)
    return str(raised.value)


def with_optional_tables():
    """Take the comment mark from every line that is TOML and not a sentence."""
    text = EXAMPLE.read_text(encoding="utf-8")
    return re.sub(r"^# (?=\[\[|[a-z_]+ = )", "", text, flags=re.MULTILINE)


def test_without_a_file_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    settings = config.load(None, {})

    assert settings.storage.path == tmp_path / "daybrief.db"
    assert settings.documents.folders == (tmp_path / "seeds",)
    assert settings.schedules == ()


def test_a_named_file_that_is_missing_is_a_complaint(tmp_path):
    with pytest.raises(ConfigError, match=r"no file .*nowhere\.toml: check --config"):
        config.load(tmp_path / "nowhere.toml", {})


def test_paths_are_relative_to_the_file(tmp_path):
    text = '[storage]\nurl = "sqlite:///data/x.db"\n[documents]\nfolders = ["a", "/b"]\n'

    settings = load(tmp_path, text + '[discord]\ntoken_file = "secret"\n')

    assert settings.storage.url == f"sqlite:///{tmp_path}/data/x.db"
    assert settings.documents.folders == (tmp_path / "a", Path("/b"))
    assert settings.discord.token_file == str(tmp_path / "secret")


def test_the_configuration_cannot_be_changed(tmp_path):
    settings = load(tmp_path)

    with pytest.raises(ValueError, match="frozen"):
        settings.storage.url = "sqlite:///other.db"


def test_the_environment_wins_over_the_file(tmp_path):
    settings = load(
        tmp_path,
        '[logging]\nlevel = "error"\n' + SCHEDULE,
        DAYBRIEF_LOGGING__LEVEL="debug",
        DAYBRIEF_DISCORD__GUILDS="[1, 2]",
        DAYBRIEF_DOCUMENTS__KEEP_DAYS="7",
        DAYBRIEF_DOCUMENTS__FOLDERS='["a"]',
        DAYBRIEF_SCHEDULES__0__TIME="08:00",
    )

    assert settings.logging.level == "debug"
    assert settings.discord.guilds == (1, 2)
    assert settings.documents.keep_days == 7
    assert settings.documents.folders == (tmp_path / "a",)
    assert settings.schedules[0].time == "08:00"


def test_a_text_from_the_environment_is_taken_as_it_stands(tmp_path):
    settings = load(tmp_path, SCHEDULE, DAYBRIEF_SCHEDULES__0__NAME="2026")

    assert settings.schedules[0].name == "2026"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[storage]\nulr = 'x'", r"storage\.ulr .*not a setting; did you mean storage\.url\?"),
        ("[storge]\nurl = 'x'", r"^storge .*did you mean storage\?"),
        ("[storage]\nurl = 'postgresql://u:hush@h'", r"storage\.url .*has to name a database"),
        ("[storage]\nurl = 'mysql://h/x?password=hush'", r"storage\.url .*has to name a file"),
        ("[storage]\nurl = 'mysql://u:hush@h/x'", r"storage\.url .*has to name a file"),
        ("[storage]\nurl = 3", r"storage\.url .* is 3, but has to be an address"),
        ("storage = 3", r"storage .* is 3, but has to be a table"),
        ("[documents]\nfolders = 'x'", r'documents\.folders .* is "x", but has to be a list'),
        ("[discord]\nshards = -1", r"discord\.shards .* is -1, but .*0 to ask Discord"),
        ("[discord]\nshard_ids = [0]", r"discord in .*: shard_ids needs shards"),
        ("[discord]\nshards = 2\nshard_ids = [2]", r"no shard 2, .* numbered from 0 to 1\."),
        ("[discord]\nshards = 2\nshard_ids = [1, 1]", r"shard_ids names one shard twice\."),
        ("[documents]\nkeep_days = -1", r"documents\.keep_days .* is -1, but .*0 for ever"),
        ("[documents]\nkeep_days = true", r"documents\.keep_days .* is true"),
        ("[documents]\nwatch = 'no'", r"documents\.watch .* is \"no\", but .*true or false"),
        ("[network]\nallow = ['10.0.0.0/99']", r"network\.allow\[0\] .*a network such as"),
        ("[network]\nallow = ['http://feeds.local/']", r"network\.allow\[0\] .*or a host such as"),
        ("[network]\nports = [0]", r"network\.ports\[0\] .* is 0, but .*\[80, 443\]"),
        ("[network]\ncontact = 'me (here)'", r"network\.contact .*plain characters"),
        ('[network]\ncontact = "a\\r\\nX: y"', r"network\.contact .*plain characters"),
        ("[analysis]\nexecutor = 'dask'", r'analysis\.executor .*"dask".*"process" or "inline"'),
        ("[analysis]\nworkers = 1000", r"analysis\.workers .* is 1000"),
        ("[analysis]\nrecogniser = 'flair'", r"analysis\.recogniser .*\"flair\".*spacy:"),
        ("[logging]\nlevel = 'loud'", r'logging\.level .* is "loud"'),
        ("[discord]\nguilds = ['x']", r"discord\.guilds\[0\] .* is \"x\""),
        ("[discord]\napi_base = 'http://example.org/api'", r"discord\.api_base .*use https"),
        ("[discord]\napi_base = 'http://127.0.0.1.example.org'", r"discord\.api_base .*use https"),
        ("[discord]\napi_base = 'ftp://127.0.0.1'", r"discord\.api_base .*has to be an address"),
        ("[documents\nx = 1", r"TOML is broken at line 1 of "),
        ("a = 1\nb =", r"TOML is broken at (line 2|the end) "),
        (SCHEDULE + "timezone = '../../etc/passwd'", r"^schedules\[0\]\.timezone in "),
        (SCHEDULE + "days = 'someday'", r"^schedules\[0\]\.days in .*someday"),
        (SCHEDULE + "channel = '42'\n".replace("channel", "about") + "owner = 1", r"\.owner in"),
        (SCHEDULE.replace("07:30", "7.30"), r"^schedules\[0\]\.time in .*7\.30"),
        (SCHEDULE.replace("42", "'42'"), r"^schedules\[0\]\.channel .*without quotation marks"),
        (SCHEDULE + "days = '32'", r"^schedules\[0\]\.days in .*“32” is not a day"),
        (SCHEDULE + "skip = ['02-30']", r"^schedules\[0\]\.skip in .*“02-30” is not a date"),
        (SCHEDULE + "skip = [2026-12-25]", r"^schedules\[0\]\.skip\[0\] in .*in quotation marks"),
        (SCHEDULE + "quiet = '22-7'", r"^schedules\[0\]\.quiet in .*like 22:00-07:00"),
        (
            SCHEDULE + "skip = ['01-01..12-31']",
            r"^schedules\[0\] in .*“morning” would never be due",
        ),
        ("[[schedules]]\nname = 'x'\nchannel = 1", r"schedules\[0\]\.time is missing"),
        (FEED + "interval = 3", r"^feeds\[0\]\.interval in .* is 3: .*5 minutes and more"),
        (FEED + "backfill = 101", r"^feeds\[0\]\.backfill in .* is 101"),
        (FEED + FEED, r"^feeds in .*\"courier\" stands there twice"),
        (FEED.replace("https:", "file:"), r"^feeds\[0\]\.url in .*an address such as"),
        (FEED.replace("https://", "https://me:secret@"), r"^feeds\[0\]\.url in .*use headers"),
        (FEED + "headers = 'secret'", r"^feeds\[0\]\.headers in .*have to be a table"),
        (FEED + 'headers = { A = "a\\nB: 1" }', r"^feeds\[0\]\.headers in"),
        (SCHEDULE + SCHEDULE.replace("morning", "Morning"), r'the name "morning" stands there tw'),
    ],
)
def test_a_complaint_is_one_sentence_that_names_the_key(tmp_path, text, said):
    message = complaint(tmp_path, text)

    assert re.search(said, message)
    assert "\n" not in message
    assert message[-1] in ".?"
    assert "hush" not in message


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("DAYBRIEF_STORAGE__ULR", "x", r"storage\.ulr in DAYBRIEF_STORAGE__ULR"),
        ("DAYBRIEF_DISCRD__GUILDS", "[]", r"in DAYBRIEF_DISCRD__GUILDS .*did you mean discord"),
        ("DAYBRIEF_DISCORD_GUILDS", "[]", r"in DAYBRIEF_DISCORD_GUILDS .*did you mean discord"),
        ("DAYBRIEF_DISCORD__GUILDS", "7", r"discord\.guilds in DAYBRIEF_DISCORD__GUILDS is 7"),
        ("DAYBRIEF_SCHEDULES__4__TIME", "07:00", r"DAYBRIEF_SCHEDULES__4__TIME names no key"),
    ],
)
def test_a_complaint_names_the_variable_that_is_wrong(tmp_path, variable, value, said):
    assert re.search(said, complaint(tmp_path, **{variable: value}))


def test_bytes_that_are_no_text_are_a_complaint(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ConfigError, match="not UTF-8"):
        config.load(path, {})


@pytest.mark.parametrize("text", ['token = "x"', '[discord]\ntoken = "x"'])
def test_a_token_in_the_file_is_refused_with_the_reason(tmp_path, text):
    message = complaint(tmp_path, text)

    assert "easily shared" in message
    assert "DAYBRIEF_TOKEN" in message


def test_loopback_may_be_plain_http(tmp_path):
    settings = load(tmp_path, "[discord]\napi_base = 'http://127.0.0.1:8080/api/v10/'")

    assert settings.discord.api_base == "http://127.0.0.1:8080/api/v10"


def test_the_token_leaves_the_environment(tmp_path):
    environment = {"DAYBRIEF_TOKEN": f" {TOKEN}\n", "PATH": "/bin"}

    assert config.token(load(tmp_path), environment) == TOKEN
    assert environment == {"PATH": "/bin"}


def test_the_token_may_stand_in_a_file_that_only_its_owner_reads(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(f"{TOKEN}\n")
    settings = load(tmp_path, '[discord]\ntoken_file = "secret"')

    secret.chmod(0o644)
    with pytest.raises(ConfigError, match=r"chmod 600 .*secret"):
        config.token(settings, {})
    secret.chmod(0o600)

    assert config.token(settings, {}) == TOKEN


def test_a_token_file_that_is_missing_is_a_complaint(tmp_path):
    settings = load(tmp_path, '[discord]\ntoken_file = "secret"')

    with pytest.raises(ConfigError, match=r"token_file .*secret cannot be read: no such file"):
        config.token(settings, {})


def test_a_token_in_place_of_its_file_is_not_repeated(tmp_path):
    settings = load(tmp_path, f'[discord]\ntoken_file = "{TOKEN}"')

    with pytest.raises(ConfigError) as raised:
        config.token(settings, {})

    assert TOKEN not in str(raised.value)


def test_without_a_token_the_page_the_variable_and_the_steps_are_named(tmp_path):
    with pytest.raises(ConfigError) as raised:
        config.token(load(tmp_path), {})

    assert "https://discord.com/developers/applications" in str(raised.value)
    assert "DAYBRIEF_TOKEN" in str(raised.value)
    assert "Reset Token" in str(raised.value)


@pytest.mark.parametrize("given", ["hunter2", f"Bot {TOKEN}", f'"{TOKEN}"', "a.b", "a.b.c.d"])
def test_what_cannot_be_a_token_is_said_and_not_repeated(tmp_path, given):
    with pytest.raises(ConfigError, match="DAYBRIEF_TOKEN does not hold a bot token") as raised:
        config.token(load(tmp_path), {"DAYBRIEF_TOKEN": given})

    assert f" {given} " not in str(raised.value)


def test_the_example_is_the_defaults(tmp_path):
    loaded = load(tmp_path, EXAMPLE.read_text(encoding="utf-8"))

    assert loaded == load(tmp_path)


def test_the_optional_tables_of_the_example_load(tmp_path):
    loaded = load(tmp_path, with_optional_tables())

    assert [each.name for each in loaded.schedules] == ["morning"]
    assert [each.name for each in loaded.feeds] == ["courier"]


def keys(model, prefix=""):
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from keys(inner, f"{prefix}{name}.")
        elif name in TABLES:
            yield from keys(TABLES[name], f"{name}.")
        else:
            yield f"{prefix}{name}"


def test_the_example_names_every_key_and_no_other():
    tables = tomllib.loads(with_optional_tables())
    tables |= {name: tables[name][0] for name in TABLES}

    named = [f"{table}.{key}" for table, values in tables.items() for key in values]

    assert sorted(named) == sorted(keys(config.Config))


def test_workers_are_one_when_inline_and_never_none(tmp_path):
    inline = load(tmp_path, "[analysis]\nexecutor = 'inline'\nworkers = 5")
    named = load(tmp_path, "[analysis]\nworkers = 5")

    assert inline.workers() == 1
    assert named.workers() == 5
    assert load(tmp_path).workers() >= 1


def test_a_feed_has_headers(tmp_path):
    (feed,) = load(tmp_path, FEED + 'headers = { Authorization = "Bearer x" }').feeds

    assert feed.headers == {"Authorization": "Bearer x"}
    assert (feed.full_text, feed.interval, feed.backfill) == (False, 0, 0)


@pytest.mark.parametrize(
    "line",
    ["headers = 'hush'", "headers = { A = ['hush'] }", "url = 'https://a:hush@b.example/'"],
)
def test_a_secret_of_a_feed_is_not_repeated_in_a_complaint(tmp_path, line):
    text = "[[feeds]]\nname = 'x'\n" + ("" if "url" in line else "url = 'https://b.example/'\n")

    with pytest.raises(ConfigError) as raised:
        load(tmp_path, text + line)

    assert "hush" not in str(raised.value)
