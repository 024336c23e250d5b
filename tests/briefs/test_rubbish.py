# ruff: noqa: RUF001 - texts in other scripts, with their own dashes and quotes
"""Whatever is written in a document, its summary is lines of it, each once, in bounded work.

A thousand documents are made, the same ones each time, of the words and signs of many languages,
of whatever else there is in Unicode, and of structures that tools trip over; all go the whole way
from text to summary, by every algorithm.
"""

import random
from collections.abc import Iterator

import pytest

from briefs import documents, ingest, lookups, summaries
from briefs.model import Analysis, DocumentId, Summary

DOCUMENTS = 1_000
GROUPS = 20
LANGUAGES = [
    "The council of Northport approved a new harbour bridge after a long debate on Monday .",
    "Der Stadtrat von Nordhafen hat am Montag nach langer Debatte die neue Brücke genehmigt .",
    "Le conseil municipal a approuvé lundi la construction d'un nouveau pont sur le port .",
    "El ayuntamiento aprobó el lunes la construcción de un puente ¿ por qué ? ¡ Claro !",
    "Городской совет в понедельник одобрил строительство нового моста через гавань .",
    "Міська рада схвалила будівництво нового мосту через гавань у понеділок .",
    "市議会は月曜日、 港に新しい橋を架けることを承認した。 費用は未定である。",
    "市议会 星期一 批准 修建 一座 新的 港口 大桥 。 费用 尚未 确定 ！",
    "시의회는 월요일 항구에 새로운 다리를 건설하기로 승인했다 .",
    "وافق مجلس المدينة يوم الاثنين على بناء جسر جديد فوق الميناء ؟",
    "מועצת העיר אישרה ביום שני את בניית הגשר החדש מעל הנמל .",
    "नगर परिषद ने सोमवार को बंदरगाह पर नए पुल के निर्माण को मंजूरी दी ।",
    "สภาเมืองอนุมัติการก่อสร้างสะพานใหม่ข้ามท่าเรือในวันจันทร์ ราคายังไม่ทราบ",
    "Belediye meclisi pazartesi günü İstanbul limanına köprü yapılmasını ISPARTA onayladı .",
    "የከተማው ምክር ቤት ሰኞ አዲስ ድልድይ አጸደቀ ። Đại hội đồng đã phê duyệt cây cầu mới .",
]
SIGNS = (
    "“ ” \" ' \u2019 « » „ ( ) […] … ... ?! — -- * #"
    " 🚢 👩‍👩‍👧‍👦 🇺🇦 ❤️ e\u0301\u0301\u0301 \u0301 \u200d \u202e \u200b \ufeff"
    " \x00 \x1b[31m \ufffd \U000e0041 \ud7ff \t \u2028 \xa0 \r \x0b"
    " http://a.b/c?d=e#f @somebody #tag a@b.example &amp; <b> </p> ``` |a|"
    f" 1,000 3.14 $5bn 12:30 2021-02-30 e.g. Mr. U.S. NOISE {'x' * 300}"
).split(" ")
BREAKS = ["\n", "\n\n", "\n\n\n", ". ", " ", "\n- ", "\n> ", "\n# ", "\n1. ", "\r\n", " — ", "\n\t"]


_CODES = [
    *range(0xD800),
    *range(0xE000, 0x10000),
    *range(0x1F300, 0x1FAFF),
    *range(0xE0000, 0xE0080),
]


def document(number: int) -> str:
    """Make up the text of document *number*."""
    chance = random.Random(number)  # noqa: S311
    languages = chance.sample(LANGUAGES, chance.randint(1, 3))
    pool = [word for language in languages for word in language.split()]
    lines: list[str] = []
    for _ in range(chance.randint(0, 10)):
        kind = chance.random()
        if kind < 0.2 and lines:
            lines.append(chance.choice(lines))
        elif kind < 0.35:
            lines.append("".join(map(chr, chance.choices(_CODES, k=chance.randint(1, 40)))))
        elif kind < 0.55:
            lines.append(chance.choice(languages))
        else:
            words = chance.choices([*pool, *chance.sample(SIGNS, 12)], k=chance.randint(1, 25))
            lines.append(" ".join(words))
    return "".join(line + chance.choice(BREAKS) for line in lines)


def analysed(text: str) -> Analysis:
    return ingest.numbered(ingest.divide(documents.of(text)), DocumentId(1))


def check(analysis: Analysis, summary: Summary, *, most: int) -> None:
    """Check that *summary* is at most so many lines of the document, each once."""
    text = analysis.document.text
    shown = [line.text for line in summary.lines]
    places = [tuple(line.span) for line in summary.lines]
    assert shown == [text[start:end] for start, end in places]
    assert all(line.strip() for line in shown)
    assert places == sorted(set(places))
    assert len({line.casefold() for line in shown}) == len(shown) <= most
    assert bool(shown) == any(sentence.quotable for sentence in analysis.sentences)


@pytest.mark.parametrize("group", range(GROUPS))
def test_the_summary_of_any_rubbish_is_lines_of_it(group: int):
    for number in range(group, DOCUMENTS, GROUPS):
        analysis = analysed(document(number))

        for algorithm in summaries.ALGORITHMS:
            found = lookups.summarize([analysis], count=3, algorithm=algorithm)

            check(analysis, found, most=3)


def lengths() -> Iterator[str]:
    """Yield lines each of which is longer than the one before."""
    chance = random.Random(9)  # noqa: S311
    for length in range(1, 150, 3):
        yield " ".join(f"W{chance.randint(1, 5_000)}x" for _ in range(length)) + "."


ODDITIES = {
    "one line of 200 kB": "harbour bridge tram dock " * 8_000,
    "lines of one word": "\n".join(f"Word{number}." for number in range(1_500)),
    "one word": "Word. " * 5_000,
    "copies": "The council of Northport approved a new harbour bridge.\n" * 5_000,
    "nearly copies": "\n".join(f"The council approved bridge x{n} at last." for n in range(1_500)),
    "emoji": "🚢👩‍👩‍👧‍👦🇺🇦❤️ " * 3_000,
    "right to left": "\u202eوافق مجلس المدينة يوم الاثنين على بناء جسر جديد.\u202c " * 500,
    "Thai": "สภาเมืองอนุมัติการก่อสร้างสะพานใหม่ข้ามท่าเรือในวันจันทร์" * 800,
    "Chinese": "".join(f"市议会星期一批准修建第{n}座新的港口大桥。" for n in range(1_000)),
    "marks": "\u0301" * 50_000 + "\n" + "\u0e31" * 50_000,
    "long words": " ".join("ab"[n % 2] * 20_000 for n in range(10)) + ". " + "x-" * 50_000,
    "quotations without end": "“He said “no (and “yes " * 5_000,
    "lengths": "\n".join(lengths()),
}


@pytest.mark.parametrize("odd", ODDITIES)
def test_what_is_large_and_odd_is_summarised_by_every_algorithm(odd: str):
    """That takes seconds; comparing all with all in Python would take hours."""
    analysis = analysed(ODDITIES[odd])

    for algorithm in summaries.ALGORITHMS:
        found = lookups.summarize([analysis], count=3, algorithm=algorithm)

        check(analysis, found, most=3)


@pytest.mark.parametrize("algorithm", ["daybrief", "textrank"])
def test_twenty_thousand_lines_are_no_hindrance(algorithm: str):
    analysis = analysed("\n".join(f"Word{number} x." for number in range(20_000)))

    found = lookups.summarize([analysis], count=3, algorithm=algorithm)

    check(analysis, found, most=3)


def test_the_documents_differ_and_most_have_lines():
    made = [document(number) for number in range(DOCUMENTS)]

    with_lines = sum(bool(text.strip()) for text in made)

    assert len(set(made)) > 0.9 * DOCUMENTS
    assert with_lines > 0.8 * DOCUMENTS
