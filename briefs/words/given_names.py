"""A given name in, "he" or "she" out, where it nearly always is a man or a woman in the news."""

_HE = (
    "aaron adam ahmed alan albert alejandro alexander alexei ali andrei andrew andriy anthony "
    "anton antonio arthur barack benjamin bernard bernie bill bob boris brian bruce carlos "
    "charles christopher craig dan daniel dave david dennis diego dmitry dmytro donald doug "
    "douglas edward emmanuel eric ethan felix fernando francisco francois frank franz fred gary "
    "geoffrey george giuseppe gordon greg gregory harold harry hassan henry hugo ian ibrahim igor "
    "ivan jack jacob jacques jake james jason javier jeff jeffrey jeremy jerry jim joe johann "
    "john jonathan jose joseph joshua juan julian justin karl keith ken kenneth kevin larry lars "
    "lawrence luis luke mahmoud manuel marco mario mark martin matthew max michael miguel mike "
    "mikhail mitch mohammed muhammad nathan neil nicholas nicolas nigel nikolai oleg oliver omar "
    "oscar pablo patrick paul pavel pedro peter petro philip pierre rafael ralph ray recep "
    "richard rick robert roger roman ron ronald roy russell ryan samuel scott sean sebastian "
    "sergei simon stefan stephen steve steven stuart ted terry thomas tim timothy tom tony vadim "
    "viktor vincent vitaly vladimir volodymyr walter wayne william winston xavier yuri"
)
_SHE = (
    "alexandra alice alicia alison amanda amy ana angela anita ann anna anne annette antonia "
    "barbara beatrice beth betty brenda brigitte camilla carmen carol caroline carolyn catherine "
    "cecilia charlotte cherie christina christine claire clara claudia cynthia debbie deborah "
    "denise diana diane donna dorothy eleanor elena elizabeth ellen emily emma erica ester eva "
    "eve evelyn fatima fiona florence frances francesca gabriela gloria grace hannah heather "
    "helen helena hillary ingrid irene irina isabel isabella ivanka jane janet jennifer jessica "
    "jill joan joanna josephine judith judy julia julie karen katarina kate katharine katherine "
    "kathleen kathryn katie kristina laura lauren leila lena liliana linda lisa liz louise lucia "
    "lucy lydia madeleine magdalena margaret maria marie marina marine marjorie martha mary "
    "maryam megan melania melanie melissa mercedes meredith michelle miriam monica nadia nancy "
    "naomi natalia natalie nicole nina oksana olena olga olivia pamela patricia paula penny "
    "priscilla priti rachel rebecca renata rita rosa rose ruth sabrina samantha sandra sara sarah "
    "sharon sheila silvia simone sofia sonia sophia sophie stephanie susan suzanne svetlana "
    "sylvia tamara tanya tara teresa theresa tina ursula valentina valerie vanessa vera veronica "
    "victoria viktoria virginia wendy yulia yvonne"
)
_PRONOUNS = dict.fromkeys(_HE.split(), "he") | dict.fromkeys(_SHE.split(), "she")


def pronoun(name: str) -> str:
    """Return "he" or "she" for a given name without accents, "" where it does not tell."""
    return _PRONOUNS.get(name.casefold(), "")
