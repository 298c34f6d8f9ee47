"""The search index: each section and each term by itself, with the words that readers see there."""

import json

import pytest
from course.search import EXERCISE, PAGE, SECTION, TERM, index, plain, sections

HTML = """<h1 id="weights">I pesi<a class="headerlink" href="#weights">¶</a></h1>
<p>Un <abbr title="altro">peso</abbr>, due.<sup id="fnref:a"><a href="#fn:a">1</a></sup></p>
<h2 id="one">Uno <code>W1</code></h2>
<details class="listing"><summary>a.py</summary><a href="a.py">↓</a><div class="language-python"><pre>code</pre></div>
</details><figure class="drawing"><svg></svg><figcaption>Drawn.</figcaption></figure>
<table><tr><td>a</td><td>b &lt;</td></tr></table>
<p>Qui <math><msub><mi>W</mi><mn>1</mn></msub></math> e <math><msup><mi>e</mi><mi>x</mi></msup></math>.</p>
<h2 id="exercises">Esercizi</h2><h3 id="by-hand">A mano</h3><p>Conta.</p>
<h2 id="recap">In breve</h2><dl><dt id="bias">bias</dt><dd><p>Una costante.
<span class="lesson" data-search-exclude>Vedi: <a href="a">B</a></span></p></dd>
<dt>so</dt><dd>no id</dd></dl>
<div class="footnote"><ol><li>A note.</li></ol></div>"""


def test_sections_are_what_headings_and_terms_begin():
    assert sections(HTML) == (
        ("", PAGE, "I pesi", "Un peso, due."),
        ("one", SECTION, "Uno W1", "a b < Qui W1 e …."),
        ("exercises", EXERCISE, "Esercizi", ""),
        ("by-hand", EXERCISE, "A mano", "Conta."),
        ("recap", SECTION, "In breve", ""),
        ("bias", TERM, "bias", "Una costante. so no id"),
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("per<em>ché</em>", "perché"),
        ("<p>a</p><p>b</p>", "a b"),
        ("a<br>b", "a b"),
        ("&lt;b&gt; &amp; c", "<b> & c"),
        ("<i>a</i>,\n <b>b</b>", "a, b"),
        ("<abbr title='x'>a</abbr>b<article>c</article>", "ab c"),
    ],
)
def test_words_in_one_line_stay_together(html, text):
    assert plain(html) == text


def test_a_page_without_headings_has_nothing_to_find():
    assert sections("<pre>broken</pre>") == ()


def test_the_index_is_a_script_that_holds_text():
    text = index([("a/", "<h1 id='a'>A</h1>"), ("", '<h1 id="b">B «é» \u2028</script></h1>')], "a he")
    name, _, data = text.partition("=")
    assert name == "searchIndex" and json.loads(data) == {
        "endings": ["a", "he"],
        "pages": [["a/", []], ["", [["", SECTION, "B «é»", ""]]]],  # the home page is not about its title
    }
