"""Dates, amounts and quantities reach programs: with the names of a text, and in timelines."""

import json

from tests.bot.cli.calling import daybrief

TEXT = "Ukrainian Foreign Minister Dmytro Kuleba paid US$1.2 billion for 50 drones on Thursday."


def analyzed(folder, **given):
    line = json.dumps({"id": 1, "text": TEXT, **given})
    return json.loads(daybrief(folder, "analyze", "--jsonl", stdin=line).stdout)["mentions"]


def test_values_stand_among_the_names_in_the_order_of_the_text(tmp_path):
    mentions = analyzed(tmp_path, published="2021-10-07")

    starts = [each["start"] for each in mentions]
    valued = [
        (TEXT[each["start"] : each["end"]], each["kind"], each["value"], each["entity"])
        for each in mentions
        if "value" in each
    ]
    assert starts == sorted(starts)
    assert "Dmytro Kuleba" in {each["entity"] for each in mentions}
    assert valued == [
        ("US$1.2 billion", "MONEY", "USD 1200000000", None),
        ("50 drones", "QUANTITY", "50 drones", None),
        ("Thursday", "DATE", "2021-10-07", None),
    ]


def test_without_a_day_of_publication_a_weekday_has_an_empty_value(tmp_path):
    (thursday,) = [each for each in analyzed(tmp_path) if each["kind"] == "DATE"]

    assert thursday["value"] == ""


def test_a_timeline_says_of_each_line_whether_it_tells_its_date(prepared):
    written = json.loads(daybrief(prepared, "timeline", "memorandum", "--json").stdout)

    told = [each for each in written["entries"] if each["told"]]
    assert written["subject"] == "memorandum"
    assert {(each["date"], each["until"]) for each in told} == {("2021-09-21", "2021-09-30")}
    for each in written["entries"]:
        assert each["told"] or each["date"] == each["published"][:10]
        assert each["end"] - each["start"] == len(each["text"])


def test_the_timeline_of_a_card_says_so_too(prepared):
    written = json.loads(daybrief(prepared, "entity", "Kuleba", "--json").stdout)

    assert written["timeline"]
    for each in written["timeline"]:
        assert {"date", "told", "text", "document", "start", "end"} <= set(each)


def test_a_subject_that_nothing_is_known_of_ends_with_a_sentence(prepared):
    done = daybrief(prepared, "timeline", "Zaphod Beeblebrox")

    assert done.returncode == 1
    assert done.stderr.startswith("daybrief: There is nothing on “Zaphod Beeblebrox”")
