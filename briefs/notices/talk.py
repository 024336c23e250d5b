"""Whether a short text talks to its reader about the website, in whatever words it does.

What reports has somebody who said something, or a day on which it was; what asks for something
has a "you" or a "we", and a thing of the web. Both are told by single words, in the large
languages of Europe.
"""

import re
from collections import Counter
from collections.abc import Sequence

_MOST_WORDS = 120  # of a text that is looked at
_LABEL = 7  # words of a piece that needs no "you"
_FEWEST_THINGS = 2  # of the web that are named
_FURTHEST_APART = 12  # words from one of them to the next
_SHARE = 0.65  # of the words that stand in pieces which talk so

# ruff: noqa: SIM905 - words, several to a line

_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*|\d{3}")
_YOU = frozenset(
    "you your yours we our us me my please sorry"
    " ihre ihr ihnen ihrer ihrem ihren wir uns unsere unserer unserem unseren bitte jetzt"
    " vous votre vos nous veuillez tu tus usted nuestro nuestra nuestros nuestras"
    " tuo tua tuoi noi nostro nostri nostra jouw wij ons onze uw twoja twoje twój nasi nasz"
    " você nosso nossa nossos ditt dina vår våra vores vám vaše naši svůj"
    " ви ваш ваша ваші ми наш вы ваши мы наши".split()
)
_ASKS = frozenset(  # where a sentence begins with it
    "accept agree allow check click contact enter join refresh refuse reload sign subscribe tick"
    " try wait".split()
)
_REPORTS = frozenset(
    "said says told added announced reported according monday tuesday wednesday thursday friday"
    " saturday sunday sagte sagt teilte erklärte montag dienstag mittwoch donnerstag freitag"
    " samstag sonntag dit déclaré annoncé lundi mardi mercredi jeudi vendredi samedi dimanche"
    " dijo anunció según lunes martes miércoles jueves viernes sábado domingo detto lunedì"
    " martedì mercoledì giovedì venerdì zei maandag dinsdag woensdag donderdag vrijdag zaterdag"
    " zondag powiedział powiedziała poinformował disse sa sade sagde сказав сказала сказал"
    " сообщил повідомив".split()
)
# How the words begin that each notice is made of; a word may belong to several.
_THINGS = {
    "consent": "cookie consent advert ads personali preference privacy tracking partners vendors"
    " zustimm einwillig werbung datenschutz cookies consentement publicit confidentialit"
    " publicidad consentimiento privacidad consenso toestemming advertentie zgod prywatno"
    " consentimento samtyck samtykke annonser souhlas soukrom",
    "error": "page error found address link url server request administrator unavailable moved"
    " exist website site access permission allowed seite fehler adresse erreur introuvable"
    " página pagina bestaat adres strona błąd istnieje sidan помилк сторінк ошибк страниц"
    " requested resource reload website wartung"
    " 401 403 404 410 500 502 503",
    "check": "robot human browser javascript captcha security verify connection box bot",
    "login": "password passwort kennwort contraseña wachtwoord hasło account konto compte cuenta"
    " sign log login email e-mail username user registered passe connexion",
    "newsletter": "newsletter inbox unsubscribe spam e-mail email subscribe postfach infolettre"
    " boletín nieuwsbrief nyhetsbrev rassylk",
}
_BEGINNINGS = {name: tuple(begins.split()) for name, begins in _THINGS.items()}


def about(pieces: Sequence[str]) -> str:
    """Return which notice *pieces* come to, a title and plain sentences; "" when to none."""
    spoken = [_WORD.findall(piece) for piece in pieces]
    body = [words for words in spoken[1:] if words]
    total = sum(map(len, body))
    if not 0 < total <= _MOST_WORDS or any(not _REPORTS.isdisjoint(words) for words in spoken):
        return ""
    talking = [words for words in body if _talks(words)]
    if not any(map(_asks, talking)) or sum(map(len, talking)) < _SHARE * total:
        return ""
    counts = Counter(name for words in spoken for word in words for name in _named(word))
    is_enough = sum(counts.values()) >= max(_FEWEST_THINGS, total // _FURTHEST_APART)
    return max(_BEGINNINGS, key=lambda name: counts[name]) if is_enough else ""


def _talks(words: Sequence[str]) -> bool:
    return (len(words) <= _LABEL or _asks(words)) and any(_named(word) for word in words)


def _asks(words: Sequence[str]) -> bool:
    return words[0] in _ASKS or not _YOU.isdisjoint(words)


def _named(word: str) -> list[str]:
    return [name for name, begins in _BEGINNINGS.items() if word.startswith(begins)]
