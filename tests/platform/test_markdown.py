"""What people write, as HTML that a page can show as it is."""

import itertools
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.platform.markdown import html_of

TAGS = set("p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code strong em s a table thead tbody tr th td".split())


class Found(HTMLParser):
    """The elements of a page, as a browser would find them."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


def live(html):
    """Return what of a page could do something, or leads elsewhere than to the web and to mail."""
    for tag, attributes in Found(html).elements:
        if tag not in TAGS or set(attributes) - {"href", "title", "rel", "start"}:
            yield tag, attributes
        if not attributes.get("href", "http:").lower().startswith(("http:", "https:", "mailto:")):
            yield tag, attributes


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**a** *b* ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>\n"),
        ("[a](javascript:alert)", "<p>[a](javascript:alert)</p>\n"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>\n"),
        ("", ""),
    ],
)
def test_markdown_is_read_and_markup_is_text(text, html):
    assert html_of(text) == html


LINK = '<a href="{0}" rel="nofollow ugc noopener">{1}</a>'


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("[a](https://a.example)", "https://a.example", "a"),
        ("<https://a.example>", "https://a.example", "https://a.example"),
        ("<mailto:a@b.example>", "mailto:a@b.example", "mailto:a@b.example"),
        ("https://a.example/x?y=1", "https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("![a cat](https://a.example/cat.png)", "https://a.example/cat.png", "a cat"),
    ],
)
def test_addresses_and_pictures_are_links_that_promise_nothing(text, address, name):
    assert html_of(text) == f"<p>{LINK.format(address, name)}</p>\n"


def test_an_address_in_a_sentence_ends_before_its_full_stop():
    assert html_of("See https://a.example.") == f"<p>See {LINK.format('https://a.example', 'https://a.example')}.</p>\n"


def test_an_address_in_a_link_or_in_code_is_no_other_link():
    assert html_of("[https://a.example](https://b.example) `https://c.example`").count("<a ") == 1


def test_a_table_is_one():
    assert "<td>1</td>" in html_of("| a |\n|---|\n| 1 |")


ACTS = ["alert(1)", "fetch('//evil.example')"]
WAYS = [
    "<script>{0}</script>", "<ScRiPt src=//evil.example>{0}</sCrIpT>", "<img src=x onerror={0}>", "<svg/onload={0}>",
    "<svg><script>{0}</script></svg>", "<iframe src=javascript:{0}></iframe>", "<body onload={0}>", "<details open ontoggle={0}>",
    "<a href=javascript:{0}>x</a>", "<math><mi xlink:href=javascript:{0}>", "<style>@import 'javascript:{0}'</style>",
    "<form action=javascript:{0}><button>x", "<input autofocus onfocus={0}>", "<object data=javascript:{0}>", "<embed src=javascript:{0}>",
    "<meta http-equiv=refresh content='0;javascript:{0}'>", "<base href=javascript:{0}//>", "<link rel=stylesheet href=javascript:{0}>",
    "[x](javascript:{0})", "[x](JaVaScRiPt:{0})", "[x](&#106;avascript:{0})", "[x](java&Tab;script:{0})", "[x](java\nscript:{0})",
    "[x](data:text/html;base64,PHNjcmlwdD4={0})", "[x](vbscript:{0})", "![x](javascript:{0})", "![x](x\"onerror=\"{0})",
    "[x](https://a.example\"onmouseover=\"{0})", "[x](https://a.example 'x\" onmouseover=\"{0}')", "<javascript:{0}>", "<https://a.example/\"onclick={0}>",
    "[x]: javascript:{0}\n\n[x]", "```<img src=x onerror={0}>", "`<img src=x onerror={0}>`", "| <img src=x onerror={0}> |\n|-|",
    "# <img src=x onerror={0}>", "> <script>{0}</script>", "- <script>{0}</script>", "<!--<img src=--><img src=x onerror={0}>//-->",
    "<noscript><p title=\"</noscript><img src=x onerror={0}>\">", "<xmp><img src=x onerror={0}></xmp>", "<textarea><script>{0}</script>",
    "<template><script>{0}</script></template>", "\x00<script>{0}</script>", "<scr\x00ipt>{0}</script>", "https://a.example/\"><script>{0}</script>",
    "&lt;script&gt;{0}&lt;/script&gt;", "<p style=background:url(javascript:{0})>x</p>", "<table background=javascript:{0}>", "<video><source onerror={0}>",
    "<audio src onloadstart={0}>", "<marquee onstart={0}>", "<isindex type=image src=1 onerror={0}>", "[<img src=x onerror={0}>](https://a.example)",
]  # fmt: skip
AROUND = ["{0}", "**{0}**"]


def payloads():
    return [around.format(way.format(act)) for around, way, act in itertools.product(AROUND, WAYS, ACTS)]


def test_nothing_that_somebody_writes_is_alive():
    found = payloads()

    assert len(found) >= 150
    for payload in found:
        assert not list(live(html_of(payload))), payload


@given(st.text(max_size=200) | st.lists(st.sampled_from([*"<>[]()!*_`~|#-\n\\&;:/\"'", "a", "http://a"])).map("".join))
def test_no_text_is_alive_or_breaks(text):
    assert not list(live(html_of(text)))


class Clock:
    """Tells a time that goes on by a step whenever somebody looks."""

    def __init__(self, step):
        self.now, self.step = 0.0, step

    def __call__(self):
        self.now += self.step
        return self.now


def test_a_text_that_takes_too_long_comes_back_as_plain_text():
    assert html_of("*a*\n<b>", clock=Clock(1.0)) == "<p>*a*<br>\n&lt;b&gt;</p>"


# Each is written again and again, until the text is as long as one may be.
PATTERNS = [
    "*a **", "[a](", "![[", "`", "> ", "- ", "a_", "<a ", "[a]: x\n", "http://", "*", "**", "***a", "_", "__a", "~~", "~~a ",
    "[", "]", "[]", "[](", "![", "![](", "[a]", "[a][", "[a]\n", "(", "\\", "\\*", "&", "&#", "&amp", "<", "<!--", "<?", "<![CDATA[",
    "<a href='", "<https://a", "https://a.b/(", "//a.b/", "mailto:", "@a ", "| a ", "|-", "| a |\n|---|\n", "# ", "#\n", "=\n", "-\n",
    "a\n=\n", "1. ", "1) a\n", "- - ", "* * ", ">- ", "    a\n", "\t", "```\n", "~~~\n", "``a`", "a  \n", "\n\n", "\u00a0", "[a](<b", "[^a]: ",
]  # fmt: skip
LONGEST = 100_000


def test_there_are_fifty_patterns_at_least():
    assert len(set(PATTERNS)) >= 50


@pytest.mark.once
@pytest.mark.parametrize("pattern", PATTERNS)
def test_reading_looks_at_the_clock_often_enough(pattern):
    """Whatever stands in it, a long text is given up after so many steps, however fast the machine is."""
    clock = Clock(1.0)
    text = (pattern * LONGEST)[:LONGEST]

    shown = html_of(text, seconds=400.0, clock=clock)

    assert clock.now <= 403
    assert not list(live(shown))


def test_nesting_has_an_end():
    assert html_of("> " * 5000 + "a").count("<blockquote>") < 50
