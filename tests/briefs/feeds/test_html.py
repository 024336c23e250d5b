"""The HTML of entries, made plain."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.feeds import html

BODY = "The bridge is open."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One <b>bold</b> word.</p><p>Two.</p>", "One bold word.\nTwo."),
        ("<div>One<ul><li>a</li><li>b</li></ul>two</div>", "One\na\nb\ntwo"),
        ("One.<br>Two.<br/><br/>Three.", "One.\nTwo.\nThree."),
        ("Wor<i>d</i>s and <a href='x'>a link</a>.", "Words and a link."),
        (
            "<p>AT&amp;T caf&eacute; &amp;lt;b&amp;gt; &#8220;so&#8221;</p>",
            "AT&T café &lt;b&gt; “so”",
        ),
        ("<p>Kept.</p><script>if (a < b) x('</p>')</script><p>Too.</p>", "Kept.\nToo."),
        ("<style>p { a: b }</style><p>Kept.</p>", "Kept."),
        ("<figure><img src='x'><figcaption>Photo: A</figcaption></figure><p>Kept.</p>", "Kept."),
        ("<p>Kept.</p><table><tr><td>1</td><td>2</td></tr></table>", "Kept."),
        ("<table><tr><td>All is in here.</td></tr></table>", "All is in here."),
        ("<p>Kept.</p><div style='Display: none'>Hidden.</div>", "Kept."),
        ("<p>Kept.</p><img src='https://t.example/pixel.gif' width='1'>", "Kept."),
        ("<p> &nbsp; </p><hr><p>***</p><p>Kept.</p>", "Kept."),
        ("<p>Unclosed <b>tags<p>and </i> others", "Unclosed tags\nand others"),
        ("<p>2 < 3 and x<y.</p>", "2 < 3 and x<y."),
        ("<iframe src='x'><p>Kept.</p><video><p>Too.", "Kept.\nToo."),
        ("<p>Kept.</p><script>if (x) { y }", "Kept."),
        ("", ""),
    ],
)
def test_html_is_its_blocks_without_what_is_no_prose(source, text):
    assert html.text(source) == text


@pytest.mark.parametrize(
    "tail",
    [
        " <a href='x'>Read more</a>",
        " <a href='x'>Continue reading <span>Bridge opens</span> &rarr;</a>",
        " [<a href='x'>more</a>]",
        "</p><p>Read more &raquo;",
        "</p><p><a href='x'>Read the full story</a>",
        "</p><p>The post <a href='x'>Bridge</a> appeared first on <a href='y'>News</a>.",
        "</p><p>This article originally appeared on News.",
        " <a href='x'>[link]</a> <a href='y'>[comments]</a>",
    ],
)
def test_invitations_to_read_on_are_left_out(tail):
    assert html.text(f"<p>{BODY}{tail}</p>") == BODY


@pytest.mark.parametrize(
    "body",
    ["He will read more books.", "More.", "The post office appeared first.", "See the full list."],
)
def test_words_that_look_like_an_invitation_stay(body):
    assert html.text(f"<p>{BODY}</p><p>{body} And so on.</p>") == f"{BODY}\n{body} And so on."


def test_an_invitation_in_the_middle_stays():
    assert html.text(f"<p>Read more:</p><p>{BODY}</p>") == f"Read more:\n{BODY}"


@pytest.mark.parametrize(
    ("text", "is_html"),
    [("a <b>c</b>", True), ("one<br>two", True), ("5 < 6 > 4", False), ("a<b and c>d", False)],
)
def test_html_is_told_from_plain_text(text, is_html):
    assert html.looks_like(text) is is_html


def test_plain_text_keeps_its_signs_and_its_blocks():
    assert (
        html.plain("One & <two>.\n\nThree\tfour.\r\n- five") == "One & <two>.\nThree four.\n- five"
    )


@settings(deadline=None)
@given(st.text(alphabet="<>/abp \n&;'\"=!-[]ltr\ue000\ue001", max_size=200))
def test_whatever_is_written_becomes_lines_without_marks_of_ours(source):
    for told in (html.text(source), html.plain(source), html.line(source)):
        assert "\ue000" not in told
        assert all(line.strip() == line and line for line in told.split("\n") if told)


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abc defg", min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_the_words_of_every_paragraph_are_kept_in_their_order(paragraphs):
    source = "".join(f"<p>{each}</p>" for each in paragraphs)

    assert html.text(source).split() == " ".join(paragraphs).split()
