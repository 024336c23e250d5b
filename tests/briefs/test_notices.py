"""What speaks for a website is told from what speaks in an article."""

# ruff: noqa: RUF001 - texts in other scripts

import pytest

from briefs import documents, notices, sentences
from briefs.model import SentenceKind
from briefs.notices import Notice


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("We use cookies to improve your experience.", Notice.CONSENT),
        ("Wir verwenden Cookies.", Notice.CONSENT),
        ("Nous utilisons des cookies pour mesurer l’audience.", Notice.CONSENT),
        ("Ми використовуємо файли cookies.", Notice.CONSENT),
        ("Subscribe to continue reading.", Notice.PAYWALL),
        ("Cet article est réservé aux abonnés.", Notice.PAYWALL),
        ("404 - Page not found", Notice.ERROR),
        ("Страница не найдена", Notice.ERROR),
        ("Please enable JavaScript to view this page.", Notice.CHECK),
        ("Log in to continue", Notice.LOGIN),
        ("Sign up for our daily newsletter.", Notice.NEWSLETTER),
        ("© 2026 Sample Post. All rights reserved.", Notice.FURNITURE),
    ],
)
def test_a_notice_is_told_by_its_words(text, notice):
    assert notice in notices.tell(text)[0]
    assert notices.is_one(text)


@pytest.mark.parametrize(
    "text",
    [
        "“We use cookies because advertising pays for journalism,” its director said.",
        "„Wir verwenden Cookies“, sagte der Verlag.",
        "« Nous utilisons des cookies », a dit la directrice.",
        'Visitors saw the words "404 - Page not found" for an hour.',
        "The regulator fined three sites that use cookies without consent.",
        "The paper dropped its paywall, and readers no longer have to subscribe.",
        "The page of history on which this was written could not be found.",
        "He forgot his password and could not log in.",
        "The newsletter of the party has 40,000 readers.",
        "The company said its partners would process the data.",
        "",
    ],
)
def test_a_sentence_about_notices_is_none(text):
    assert not notices.is_one(text)


def test_a_notice_in_an_article_is_boilerplate_and_never_shown():
    text = (
        "The lake stood at 392 metres above the sea on Monday, the water authority said.\n"
        "Sign up for our newsletter to get the top stories in your inbox every morning.\n"
        "Nous utilisons des cookies pour mesurer l’audience.\n"
        "Ships can no longer reach two of the nine harbours. Please enable JavaScript.\n"
        "“We use cookies, not nets,” a fisherman joked."
    )

    kinds = [each.kind for each in sentences.split(documents.of(text, language="en"))]

    furniture, prose = SentenceKind.BOILERPLATE, SentenceKind.PROSE
    assert kinds == [prose, furniture, furniture, prose, furniture, prose]


@pytest.mark.parametrize(
    "unit", ["a!", "“", '"', "we use ", "cookies ", "to continue reading ", "\n"]
)
def test_a_hostile_text_is_looked_at_in_linear_time(unit):
    """It would not come to an end if a pattern were not linear."""
    assert notices.tell(unit * (1_000_000 // len(unit)))
