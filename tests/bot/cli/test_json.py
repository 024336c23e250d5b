"""What programs rely on: the shapes, the offsets, the order and the exit codes."""

import json
from functools import cache

import pytest

from tests.bot.cli.calling import daybrief

WIRE = "seeds/2021-10-07-sample-wire-factory.md"
COPY = "seeds/2021-10-07-placeholder-post-factory.md"
LINE = {"text", "document", "start", "end", "source", "url", "published"}
KINDS = {
    "PERSON",
    "ORGANISATION",
    "PLACE",
    "NATIONALITY",
    "EVENT",
    "PRODUCT",
    "DATE",
    "MONEY",
    "QUANTITY",
}
TEXT = (
    "Ukraine's 🇺🇦 minister Dmytro Kuleba spoke in Lviv on Monday. "
    "“All obstacles have been removed,” Kuleba said.\n\nThe factory is next."
)


@cache
def told(folder, *arguments):
    done = daybrief(folder, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    value = json.loads(line)
    assert next(iter(value)) == "version"
    assert value.pop("version") == 1
    return value


@cache
def texts(folder):
    """The text of every stored document, by its id."""
    from briefs.model import PUBLIC
    from briefs.store import open_store

    with open_store(f"sqlite:///{folder / 'daybrief.db'}", readonly=True) as store:
        shelf = store.documents.listing(PUBLIC, limit=100)
        return {each.id: store.documents.get(PUBLIC, each.id).text for each in shelf.documents}


def lines_out(folder, *arguments, given):
    done = daybrief(folder, *arguments, "--jsonl", stdin=given)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def jsonl(*values):
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


# --- stored documents


def test_a_preview(prepared):
    value = told(prepared, "preview", "--json")

    assert {"since", "until", "stories", "pages"} <= value.keys()
    assert value["since"] < value["until"]
    assert value["since"].endswith("Z")
    for story in value["stories"]:
        assert {"headline", "documents", "origins", "outlets", "lines"} <= story.keys()
        assert 1 <= story["origins"] <= len(story["documents"])
        assert story["outlets"] >= story["origins"]
        assert {line["document"] for line in story["lines"]} <= set(story["documents"])
        assert all(line.keys() >= LINE for line in story["lines"])
        assert isinstance(story["headline"], str)
    assert [set(page) for page in value["pages"]] == [{"title", "body"}] * len(value["pages"])


def test_every_line_of_a_preview_is_a_slice_of_its_document(prepared):
    value = told(prepared, "preview", "--json", "--length", "long")

    lines = [line for story in value["stories"] for line in story["lines"]]
    assert lines
    for line in lines:
        assert line["text"] == texts(prepared)[line["document"]][line["start"] : line["end"]]


def test_an_entity(prepared):
    value = told(prepared, "entity", "Kuleba", "--json")

    shown = {"name", "kind", "aliases", "roles", "mentions", "documents", "first_seen", "last_seen"}
    assert shown | {"quotes", "appears_with", "timeline"} <= value.keys()
    assert (value["name"], value["kind"], value["documents"]) == ("Dmytro Kuleba", "PERSON", 6)
    assert value["first_seen"] == "2021-10-07T12:10:00Z"
    assert {quote["how"] for quote in value["quotes"]} == {"spoken", "written"}
    assert {"name", "kind", "documents"} <= value["appears_with"][0].keys()
    assert value["timeline"][0]["date"] == "2021-10-07"
    for each in value["roles"] + value["quotes"] + value["timeline"]:
        assert each["text"] == texts(prepared)[each["document"]][each["start"] : each["end"]]


def test_quotes(prepared):
    value = told(prepared, "quotes", "Kuleba", "--json")

    assert value["name"] == "Dmytro Kuleba"
    assert all(quote.keys() >= LINE | {"how"} for quote in value["quotes"])
    for quote in value["quotes"]:
        assert quote["text"] == texts(prepared)[quote["document"]][quote["start"] : quote["end"]]


def test_a_search(prepared):
    value = told(prepared, "search", "separatists", "--json", "--limit", "3")

    assert (value["query"], len(value["hits"]), value["more"]) == ("separatists", 3, True)
    for hit in value["hits"]:
        text = texts(prepared)[hit["document"]]
        assert hit.keys() >= LINE | {"title", "marks"}
        assert hit["text"] == text[hit["start"] : hit["end"]]
        assert [text[start:end] for start, end in hit["marks"]] == ["separatists"]


def test_the_entities_and_the_schedules(prepared):
    entities = told(prepared, "entities", "list", "--json", "--limit", "5")["entities"]

    assert [set(each) for each in entities] == [{"name", "kind", "documents"}] * 5
    assert told(prepared, "schedule", "list", "--json") == {"schedules": []}


# --- summaries


def test_a_summary_of_one_file(prepared):
    value = told(prepared, "summarize", WIRE, "--json", "--sentences", "2")

    assert value["document"].keys() >= {"id", "title", "text"}
    assert value["document"]["id"] == 1
    assert value["algorithm"] == "daybrief"
    assert len(value["sentences"]) == 2
    for each in value["sentences"]:
        assert each["text"] == value["document"]["text"][each["start"] : each["end"]]


def test_a_summary_of_several_files_is_one_story(prepared):
    value = told(prepared, "summarize", WIRE, COPY, "--json", "--sentences", "3")

    assert [each["id"] for each in value["documents"]] == [1, 2]
    assert "document" not in value
    for each in value["sentences"]:
        text = value["documents"][each["document"] - 1]["text"]
        assert each["text"] == text[each["start"] : each["end"]]


def test_lines_are_added_until_there_are_enough_words(prepared):
    value = told(prepared, "summarize", WIRE, "--json", "--words", "50", "--algorithm", "lead")

    counts = [len(each["text"].split()) for each in value["sentences"]]
    assert value["algorithm"] == "lead"
    assert sum(counts) >= 50 > sum(counts[:-1])


# --- when briefings are due


def test_due_times_on_both_sides_of_the_change_of_clocks(prepared):
    arguments = ["--time", "00:30,02:30", "--days", "daily", "--timezone", "Europe/Berlin"]
    after = ["--after", "2026-03-28T00:00Z", "--count", "4", "--json"]

    assert told(prepared, "schedule", "next", *arguments, *after) == {
        "due": [
            "2026-03-28T01:30:00Z",
            "2026-03-28T23:30:00Z",
            "2026-03-29T01:30:00Z",
            "2026-03-29T22:30:00Z",
        ]
    }


def test_due_times_on_some_days(prepared):
    arguments = ["--time", "07:30", "--days", "mon,tue", "--timezone", "UTC"]

    value = told(
        prepared,
        "schedule",
        "next",
        *arguments,
        "--after",
        "2026-11-22T00:00Z",
        "--count",
        "3",
        "--json",
    )

    assert value["due"] == ["2026-11-23T07:30:00Z", "2026-11-24T07:30:00Z", "2026-11-30T07:30:00Z"]


# --- JSON lines


def test_analyses_come_back_in_order_with_the_ids_that_were_given(tmp_path):
    given = [{"id": 7, "text": TEXT}, {"id": "seven", "text": "Nobody."}, {"id": 1.5, "text": ""}]

    code, out = lines_out(tmp_path, "analyze", given=jsonl(*given))

    assert code == 0
    assert [each["id"] for each in out] == [7, "seven", 1.5]
    assert [each["version"] for each in out] == [1, 1, 1]
    assert out[2] == {"version": 1, "id": 1.5, "sentences": [], "mentions": [], "quotes": []}


def test_an_analysis_points_into_the_text_as_it_was_given(tmp_path):
    _, (found,) = lines_out(tmp_path, "analyze", given=jsonl({"id": 1, "text": TEXT}))

    def said(each):
        return TEXT[each["start"] : each["end"]]

    names = {(said(each), each["kind"], each["entity"]) for each in found["mentions"]}
    assert [said(each) for each in found["sentences"]] == [
        "Ukraine's 🇺🇦 minister Dmytro Kuleba spoke in Lviv on Monday.",
        "“All obstacles have been removed,” Kuleba said.",
        "The factory is next.",
    ]
    assert ("Dmytro Kuleba", "PERSON", "Dmytro Kuleba") in names
    assert ("Kuleba", "PERSON", "Dmytro Kuleba") in names
    assert {kind for _, kind, _ in names} <= KINDS
    assert [(said(each), each["speaker"]) for each in found["quotes"]] == [
        ("All obstacles have been removed,", "Dmytro Kuleba")
    ]


BAD = [
    b"no JSON",
    b"[1, 2]",
    b"",
    b'{"text": "It has no id."}',
    b'{"id": true, "text": "True is no number."}',
    b'{"id": NaN, "text": "This is none either."}',
    b'{"id": 1}',
    b'{"id": 1, "text": 5}',
    b'{"id": 1, "text": "Half a pair: \\ud83d"}',
    b'{"id": "\\ud83d", "text": "An id that cannot be written."}',
    b'{"id": 1, "text": "Undated.", "published": "24h"}',
    b'{"id": 1, "text": "Undated.", "published": 2026}',
    b'{"id": 1, "text": "No UTF-8: \xff"}',
    b"[" * 100_000,
]


def test_a_bad_line_is_an_error_in_its_place_and_the_exit_code_is_1_at_the_end(tmp_path):
    good = [json.dumps({"id": number, "text": "Good."}).encode() for number in range(len(BAD))]
    pairs = [line for pair in zip(good, BAD, strict=True) for line in pair]

    code, out = lines_out(tmp_path, "analyze", given=b"\n".join(pairs) + b"\n")

    assert code == 1
    assert [each["id"] for each in out[::2]] == list(range(len(BAD)))
    assert [set(each) for each in out[1::2]] == [{"version", "error"}] * len(BAD)
    assert all("Error" not in each["error"] for each in out[1::2])


def test_many_lines_are_answered_by_many_processes_as_by_one(tmp_path):
    given = jsonl(*({"id": number, "text": f"Ada Quill saw {number}."} for number in range(40)))

    many = daybrief(tmp_path, "analyze", "--jsonl", stdin=given, DAYBRIEF_ANALYSIS__WORKERS="2")
    one = daybrief(tmp_path, "analyze", "--jsonl", stdin=given, DAYBRIEF_ANALYSIS__WORKERS="1")

    assert many.returncode == one.returncode == 0
    assert many.stdout == one.stdout
    assert len(one.stdout.splitlines()) == 40


def test_a_file_of_json_lines_is_read_too(tmp_path):
    (tmp_path / "in.jsonl").write_text(jsonl({"id": "a", "text": "One sentence."}))

    done = daybrief(tmp_path, "analyze", "--jsonl", "in.jsonl")

    assert json.loads(done.stdout)["id"] == "a"


def test_stories_group_the_ids_that_were_given(prepared):
    factory = [
        told(prepared, "summarize", name, "--json")["document"]["text"] for name in (WIRE, COPY)
    ]
    other = "Farmers in the valley expect the smallest harvest of apples for forty years."
    given = [
        {"id": "wire", "text": factory[0], "title": "Factory", "published": "2021-10-07T12:10:00Z"},
        {"id": 3, "text": other, "published": "2021-10-07"},
        {"id": "copy", "text": factory[1], "published": None},
    ]

    code, out = lines_out(prepared, "stories", given=jsonl(*given))

    assert code == 0
    assert [each["version"] for each in out] == [1] * len(out)
    stories = [each["documents"] for each in out]
    assert sorted(map(sorted, [map(str, story) for story in stories])) == [["3"], ["copy", "wire"]]


def test_a_bad_line_among_stories_is_named_by_its_number(tmp_path):
    code, out = lines_out(tmp_path, "stories", given='\n{"id": 1, "text": "Good."}\n{"id": 2}\n')

    assert code == 1
    assert [each.get("error", "")[:7] for each in out] == ["line 1:", "line 3:", ""]
    assert out[2]["documents"] == [1]


def test_summaries_of_lines(tmp_path):
    one = {"id": "a", "documents": [TEXT], "sentences": 1}
    two = {"id": 2, "documents": [TEXT, "The bridge is open."], "words": 9, "algorithm": "lead"}
    huge = {"id": 3, "documents": [TEXT], "sentences": 10**30}

    code, out = lines_out(tmp_path, "summarize", given=jsonl(one, two, huge))

    assert code == 0
    assert [each["id"] for each in out] == ["a", 2, 3]
    assert len(out[0]["sentences"]) == 1 < len(out[2]["sentences"])
    for given, answer in zip((one, two, huge), out, strict=True):
        for each in answer["sentences"]:
            assert each["text"] == given["documents"][each["document"]][each["start"] : each["end"]]


@pytest.mark.parametrize(
    "value",
    [
        {"id": 1, "documents": TEXT, "sentences": 1},
        {"id": 1, "documents": [5], "sentences": 1},
        {"id": 1, "documents": [TEXT]},
        {"id": 1, "documents": [TEXT], "sentences": 0},
        {"id": 1, "documents": [TEXT], "sentences": True},
        {"id": 1, "documents": [TEXT], "sentences": 1, "words": 5},
        {"id": 1, "documents": [TEXT], "sentences": 1, "algorithm": "magic"},
    ],
)
def test_a_line_that_cannot_be_summarised_says_why(value):
    from bot.cli import jsonl as stage
    from briefs.errors import UsageError

    with pytest.raises(UsageError):
        stage._summarized(json.dumps(value).encode())
