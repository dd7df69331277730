"""Telegram's HTML, parsed and rendered again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import parse_html, trim, utf16_length
from bot.sandbox.errors import ApiError
from bot.sandbox.rendering import render_html


def spans(source: str) -> list[tuple[str, int, int]]:
    return [(entity["type"], entity["offset"], entity["length"]) for entity in parse_html(source)[1]]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("plain", "plain", []),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot; &#65;&#x42; &nbsp; &", '1 < 2 && 3 > 2 " AB &nbsp; &', []),
        ("<b>a</b><STRONG>b</STRONG>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
        ("😀<i>x</i>", "😀x", [("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b></b>x", "x", []),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<a href='https://e.org?a=1&amp;b=2'>x</a>", "x", [("text_link", 0, 1)]),
        ('<a href="javascript:alert(1)">x</a>', "x", []),
        ('<tg-time unix="1647531900" format="wDT">then</tg-time>', "then", [("date_time", 0, 4)]),
    ],
)
def test_marks_become_entities(source: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    assert (parse_html(source)[0], spans(source)) == (text, expected)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("1 < 2 > 1", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x>y', "Unclosed start tag at byte offset 0"),
        ("<a href=x$>y</a>", "Unexpected end of name token at byte offset 9"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-time unix="soon">x</tg-time>', "Invalid date-time unix time specified"),
        ('<tg-time unix="1" format="xx">x</tg-time>', "Invalid date-time format specified"),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_surrounding_space_goes_and_entities_follow() -> None:
    text, entities = trim(*parse_html(" \n<b> hello </b> \n"))
    assert (text, entities) == ("hello", [{"type": "bold", "offset": 0, "length": 5}])


def test_language_of_code_belongs_to_its_pre() -> None:
    (entity,) = parse_html('<pre><code class="language-python">x</code></pre>')[1]
    assert entity["language"] == "python"


@pytest.mark.parametrize(
    "source",
    [
        "😀 <b>bold <i>both</i></b> &lt;script&gt; &amp;",
        '<a href="https://e.org/?a=%22&amp;b">link</a>',
        '<tg-time unix="5" format="r">then</tg-time>',
        "<blockquote>a\nb</blockquote>",
    ],
)
def test_rendering_gives_the_markup_back(source: str) -> None:
    assert render_html(*parse_html(source)) == source


def test_overlapping_entities_render_as_nested_tags() -> None:
    entities = [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 2}]
    assert render_html("abc", entities) == "<b>a<i>b</i></b><i>c</i>"


def test_rendering_shows_no_unsafe_link() -> None:
    entities = [{"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}]
    assert render_html("<", entities) == "&lt;"


@given(st.text(alphabet="<>/&;ab \"'=😀é", max_size=40))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except ApiError:
        return
    assert all(entity["offset"] + entity["length"] <= utf16_length(text) for entity in entities)
    assert "<a" not in render_html(text, [])
