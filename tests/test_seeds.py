"""The sample documents: what every one of them promises."""

import re
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests import shared

_FOLDER = Path(__file__).parents[1] / "seeds"
_FIELDS = {"title", "source", "author", "date", "language", "licence", "sample"}
_SIGNATURE = re.compile(r" — [^()\n]{1,60} \(@\w{1,30}\) [A-Z][a-z]{2,8} \d{1,2}, \d{4}$")


class Seed(NamedTuple):
    name: str
    fields: dict[str, object]
    body: str

    @property
    def paragraphs(self) -> list[str]:
        return self.body.split("\n\n")


def _read(path: Path) -> Seed:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Seed(path.name, yaml.safe_load(front), body.strip())


_SEEDS = [_read(path) for path in sorted(_FOLDER.glob("*.md")) if path.name != "README.md"]
each_seed = pytest.mark.parametrize("seed", _SEEDS, ids=lambda seed: seed.name)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def _told(seed: Seed) -> list[str]:
    """Give the seed's own words: each stretch outside quotation marks and posts."""
    own = [part for part in seed.paragraphs if not _SIGNATURE.search(part)]
    return [piece for part in own for piece in re.split(r"“[^”]*”", part)]


def _quoted(seed: Seed) -> list[str]:
    """Give the words of others: what stands in quotation marks, and the posts."""
    posts = [_SIGNATURE.sub("", part) for part in seed.paragraphs if _SIGNATURE.search(part)]
    return re.findall(r"“([^”]*)”", seed.body) + posts


def _plain(text: str) -> str:
    """Leave links out and make every white space one blank."""
    return " ".join(re.sub(r"pic\.twitter\.com/\w+", "", text).split())


def test_there_are_enough_documents_and_outlets_to_show_stories_and_origins():
    assert len(_SEEDS) >= 8
    assert len({seed.fields["source"] for seed in _SEEDS}) >= 4


@each_seed
def test_every_field_is_there_and_says_sample(seed):
    assert set(seed.fields) == _FIELDS
    assert all(seed.fields.values())
    assert seed.fields["sample"] is True
    assert seed.fields["licence"] == "CC0-1.0"


@each_seed
def test_dates_are_in_utc_and_at_the_time_of_the_events(seed):
    date = seed.fields["date"]

    assert date.utcoffset() is not None
    assert not date.utcoffset()
    assert date.strftime("%Y-%m") in {"2021-09", "2021-10"}


def test_an_older_and_a_newer_half_give_new_since_something_to_show():
    days = [seed.fields["date"].strftime("%Y-%m-%d") for seed in _SEEDS]

    assert len([day for day in days if day < "2021-10-05"]) >= 4
    assert len([day for day in days if day >= "2021-10-05"]) >= 4


@each_seed
def test_texts_are_plain_paragraphs_of_one_line(seed):
    assert not re.search(r"[*_`#<>\\|~]|\]\(|https?:|www\.|\.com", seed.body)
    assert not re.search(r"^(?:[-+] |\d+\. )", seed.body, re.MULTILINE)
    assert all("\n" not in part and part for part in seed.paragraphs)


@each_seed
def test_texts_have_the_length_of_short_reports(seed):
    assert 90 <= len(seed.body.split()) <= 220


@each_seed
def test_quotation_marks_are_balanced(seed):
    marks = re.sub(r"[^“”\"]", "", seed.body)

    assert marks == "“”" * (len(marks) // 2)


@each_seed
def test_no_run_of_eight_words_is_copied_from_the_article(seed):
    article = _runs(_words(shared.path("seed/article.txt").read_text(encoding="utf-8")), 8)

    copied = [run for piece in _told(seed) for run in _runs(_words(piece), 8) if run in article]

    assert copied == []


@each_seed
def test_quoted_words_stand_in_the_article_exactly(seed):
    article = _plain(shared.path("seed/article.txt").read_text(encoding="utf-8"))

    altered = [quoted for quoted in _quoted(seed) if quoted.rstrip(",.") not in article]

    assert altered == []


@each_seed
def test_no_figure_is_invented(seed):
    article = shared.path("seed/article.txt").read_text(encoding="utf-8")

    figures = set(re.findall(r"\d[\d,]*\d|\d", seed.body))

    assert figures <= set(re.findall(r"\d[\d,]*\d|\d", article))


@each_seed
def test_no_name_is_invented(seed):
    article = shared.path("seed/article.txt").read_text(encoding="utf-8")
    respelt = {"Zelensky", "Çavuşoğlu", "Libya", "CEO"}
    inner = re.findall(r"(?<=[a-z,] )[A-ZÇ]\w+", " ".join(_told(seed)))

    assert set(inner) <= set(re.findall(r"\w+", article)) | respelt


def test_the_factory_deal_is_told_by_three_outlets_or_more():
    tellers = {
        seed.fields["source"]
        for seed in _SEEDS
        if "factory" in seed.fields["title"] or "would build a factory" in seed.body
    }

    assert len(tellers) >= 3


def test_a_wire_report_and_its_copy_are_nearly_the_same_text():
    alike = [
        (first, second)
        for first, second in combinations(_SEEDS, 2)
        if SequenceMatcher(None, first.body.split(), second.body.split()).ratio() > 0.9
    ]

    assert alike
    assert all(first.body != second.body for first, second in alike)
    assert all(first.fields["source"] != second.fields["source"] for first, second in alike)


def test_both_ministers_posts_are_embedded_with_their_signature():
    signed = [
        match[0]
        for seed in _SEEDS
        for part in seed.paragraphs
        if (match := _SIGNATURE.search(part))
    ]

    assert sorted(signed) == [
        " — Dmytro Kuleba (@DmytroKuleba) October 7, 2021",
        " — Mevlüt Çavuşoğlu (@MevlutCavusoglu) October 7, 2021",
    ]


def test_the_list_of_documents_names_each_of_them_and_is_no_document_itself():
    listed = (_FOLDER / "README.md").read_text(encoding="utf-8")

    assert not listed.startswith("---")
    for seed in _SEEDS:
        assert f"`{seed.name}` | {seed.fields['title']} | {seed.fields['source']} |" in listed
