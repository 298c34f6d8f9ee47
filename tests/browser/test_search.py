"""The search in a real Chromium: what people type, with their slips, and what they find; the box, the page opened."""

import re

import pytest
from conftest import PREFIX
from pages import LANGUAGES
from test_browser import SCHEMES, browser, path, until, visit  # noqa: F401

# What is typed, and where the first result leads; a page alone stands for any place in it.
FIRST = {
    "it": {
        # a page whose title it is, whole or in part
        "pesi": "weights/#",
        "Glossario": "glossary/#",
        "matrici": "matrices/#",
        "contribuire": "contributing/#",
        "modelli aperti": "open-models/#",
        "llm": "llm/#",
        "rete feedforward": "feedforward/#",
        "riusare i pesi": "adapt/#",
        # with accents and without; words so common that other searches drop them
        "perché": "why-publish/#",
        "perche": "why-publish/#",
        "perche'": "why-publish/#",
        "PERCHÉ PUBBLICARE I PESI": "why-publish/#",
        "perche si parte a caso": "training/#starts",
        "che cos e un llm": "llm/#",
        "probabilita": "llm/#softmax",
        "identita": "glossary/#identity",
        # apostrophes, straight and curly, split
        "attenzione": "attention/#",
        "l'attenzione": "attention/#",
        "l’attenzione a mano": "attention/#attention",
        "errore": "training/#loss",
        "dell'attenzione": "attention/#",
        # what stands beside punctuation or a note's mark
        "dropout": "glossary/#dropout",
        # one letter wrong, missing, too many or in the other's place; a word not finished
        "atenzione": "attention/#",
        "attenzzione": "attention/#",
        "atten": "attention/#",
        "gradeinte": "training/#gradient",
        "softmx": "glossary/#softmax",
        "quantizazione": "glossary/#quantisation",
        "pesl": "weights/#",
        "feedfoward": "feedforward/#",
        "glosario": "glossary/#",
        "matirci": "matrices/",
        "temperatua": "llm/#temperature",
        "adestramento": "letters/#run",
        # one for many, many for one; other forms of a verb
        "peso": "weights/#",
        "matrice": "matrices/",
        "modello aperto": "open-models/#",
        "neuroni": "glossary/#neuron",
        "blocchi": "glossary/#block",
        "temperature": "llm/#temperature",
        "esperto": "glossary/#expert",
        "quantizzare": "glossary/#quantisation",
        # in one word or two
        "fine-tuning": "adapt/#fine-tuning",
        "finetuning": "adapt/#fine-tuning",
        "feed-forward": "feedforward/#",
        "kv cache": "glossary/#kv-cache",
        # the glossary, by entry; sections; what is found in exercises alone
        "softmax": "glossary/#softmax",
        "maschera": "glossary/#mask",
        "logaritmi": "glossary/#logarithm",
        "una lista tua": "letters/#own-list",
        "un solo bit": "why-publish/#one-bit",
        "89 712": "numbers/#range",
        "pizzeria": "feedforward/#",
    },
    "en": {
        "weights": "weights/#",
        "Glossary": "glossary/#",
        "matrices": "matrices/#",
        "contribute": "contributing/#",
        "open models": "open-models/#",
        "transformer": "transformer/",
        "llm": "llm/#",
        "feedforward network": "feedforward/#",
        "using weights again": "adapt/#",
        "how weights are computed": "training/#",
        "why": "why-publish/#",
        "WHY PUBLISH WEIGHTS": "why-publish/#",
        "why start at random": "training/#starts",
        "what is an llm": "llm/#",
        "where the parameters are": "counting/#parts",
        "attention": "attention/#",
        "model's weights": "transformer/#weights",
        "model’s weights": "transformer/#weights",
        "dropout": "glossary/#dropout",
        "atention": "attention/#",
        "atttention": "attention/#",
        "atten": "attention/#",
        "gradeint": "training/#gradient",
        "softmx": "glossary/#softmax",
        "quantization": "glossary/#quantisation",
        "wieghts": "weights/#",
        "weihgt": "weights/#",
        "feedfoward": "feedforward/#",
        "glosary": "glossary/#",
        "matrx": "matrices/",
        "temprature": "llm/#temperature",
        "traning": "letters/#run",
        "weight": "weights/#",
        "open model": "open-models/#",
        "neurons": "glossary/#neuron",
        "blocks": "transformer/#block",
        "temperatures": "llm/#temperature",
        "expert": "glossary/#expert",
        "quantise": "glossary/#quantisation",
        "scores": "glossary/#score",
        "fine tuning": "adapt/#fine-tuning",
        "fine-tuning": "adapt/#fine-tuning",
        "finetuning": "adapt/#fine-tuning",
        "feed-forward": "feedforward/#",
        "kvcache": "glossary/#kv-cache",
        "softmax": "glossary/#softmax",
        "mask": "glossary/#mask",
        "logarithms": "glossary/#logarithm",
        "a list of your own": "letters/#own-list",
        "a single bit": "why-publish/#one-bit",
        "89,712": "numbers/#range",
        "pizzeria": "feedforward/#",
    },
}
BOX, LINK, SAID = "input.md-search__input", "a.md-search-result__link", ".md-search [role=status]"
PLACES = f"() => [...document.querySelectorAll('{LINK}')].map(a => a.pathname + '#' + a.hash.slice(1))"


@pytest.fixture
def asking(visit):  # noqa: F811
    """Open a page and its search box, once the index is there: asking(language)."""

    def go(language, page="index", **options):
        window = visit(**options)
        tab = window.go(path(language, page))
        tab.locator(BOX).focus()
        until(tab, "!!window.searchIndex")
        return tab, window

    return go


def found(tab, words, language):
    """Where the results lead, below the language's root, in their order."""
    tab.fill(BOX, words)
    root = PREFIX + path(language, "index")
    places = tab.evaluate(PLACES)
    assert all(place.startswith(root) for place in places)
    return [place.removeprefix(root) for place in places]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_finds_what_they_look_for(asking, language):
    tab, window = asking(language)
    assert len(FIRST[language]) >= 40
    wrong = []
    for words, place in FIRST[language].items():
        first, *others = found(tab, words, language) or ["nothing"]
        if not (first == place if "#" in place else first.startswith(place)):
            wrong.append(f"{words}: {first}, not {place} (then {others[:3]})")
    assert not wrong, "\n".join(wrong)
    assert window.wrong == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("it", "softmax"), ("it", "pesi"), ("it", "perché"), ("en", "softmax"), ("en", "loss"), ("en", "why")],
)
def test_exercises_come_last(asking, language, words):
    places = found(asking(language)[0], words, language)
    exercises = [bool(re.search("#(?:exercises|by-hand|change|puzzles)$", place)) for place in places]
    assert exercises == sorted(exercises) and not all(exercises)


@pytest.mark.parametrize(("language", "words"), [("it", "quantisation"), ("en", "addestramento")])
def test_what_the_glossary_names_in_the_other_language_leads_to_the_entry(asking, language, words):
    places = found(asking(language)[0], words, language)
    assert places and all(place.startswith("glossary/#") for place in places)


def test_how_many_there_are_is_said(asking):
    tab, _ = asking("it")
    hint = tab.inner_text(SAID)
    places = found(tab, "dropout", "it")
    assert places and tab.inner_text(SAID) == f"Risultati: {len(places)}"
    assert not found(tab, "zzzzzzzzzz", "it") and tab.inner_text(SAID) == "Nessun risultato"
    assert not found(tab, " ' ", "it") and tab.inner_text(SAID) == hint
    found(tab, "pesi", "it")
    tab.locator(".md-search button[type=reset]").click()
    until(tab, f"!document.querySelector('{LINK}')")
    assert tab.inner_text(SAID) == hint and tab.evaluate("document.activeElement.matches('input')")


def test_nothing_is_asked_for_before_somebody_searches(visit):  # noqa: F811
    window = visit()
    tab = window.tab()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(window.address + path("it", "training"), wait_until="networkidle")
    assert not [url for url in asked if "search" in url], asked
    tab.locator(BOX).click()
    until(tab, "!!window.searchIndex")
    found(tab, "peso", "it")
    tab.keyboard.press("Escape")
    tab.locator(BOX).click()
    assert len([url for url in asked if "search" in url]) == 2


def test_words_typed_before_the_index_is_there_are_answered(visit):  # noqa: F811
    tab = visit().go(path("en", "index"))
    held = []
    tab.route("**/search/index.js", lambda route: held.append(route))
    tab.locator(BOX).click()
    tab.keyboard.type("weights")
    until(tab, f"document.querySelector('{SAID}').innerText != ''")
    tab.wait_for_timeout(100)
    assert tab.inner_text(SAID) == "Type to start searching" and not tab.locator(LINK).count()
    while not held:
        tab.wait_for_timeout(20)
    held[0].continue_()
    tab.locator(LINK).first.wait_for()


# Lightness of the two colours of an element, as WCAG defines them, as a ratio.
CONTRAST = """element => {
    const lightness = (colour) => {
        const canvas = document.createElement("canvas").getContext("2d");
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(x => x / 255)
            .map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const ratio = (one, other) => Math.max(one / other, other / one);
    const { color, backgroundColor } = getComputedStyle(element);
    const around = getComputedStyle(document.querySelector(".md-search__scrollwrap")).backgroundColor;
    return [ratio(lightness(color), lightness(backgroundColor)), ratio(lightness(backgroundColor), lightness(around))];
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_found_stand_out_in_the_results_and_on_the_page(asking, language, scheme):
    words, page = {"it": ("gradeinte", "training"), "en": ("weihgts", "files")}[language]
    tab, window = asking(language, "llm", scheme=scheme)
    found(tab, words, language)
    marks = tab.locator(f"{LINK} mark")
    own = {"it": r"gradient[ei]?", "en": r"weight(?:s|ed)?"}[language]
    assert all(re.fullmatch(own, text, re.I) for text in marks.all_inner_texts())
    ink, paper = marks.first.evaluate(CONTRAST)
    assert ink > 4.5 and paper > 1.15
    link = tab.locator(f"{LINK}[href*='/{page}/']").first
    place = link.get_attribute("href").partition("#")[2]
    link.click()
    until(tab, "window.CSS.highlights.get('found')?.size")
    assert "?" not in tab.url and tab.url.partition("#")[2] == place, "an address to pass on, without the words"
    texts = tab.evaluate("[...CSS.highlights.get('found')].map(range => range.startContainer.data.slice("
                         "range.startOffset, range.endOffset))")  # fmt: skip
    assert len(texts) > 3 and all(re.fullmatch(own, text, re.I) for text in texts)
    tab.reload(wait_until="networkidle")
    assert not tab.evaluate("CSS.highlights.size")
    assert window.wrong == []


def test_it_works_from_the_keyboard_alone(visit):  # noqa: F811
    window = visit()
    tab = window.go(path("en", "llm"))
    tab.wait_for_load_state("load")
    tab.keyboard.press("/")
    until(tab, "!!window.searchIndex")
    tab.keyboard.type("attention")
    links = tab.locator(LINK)
    focused = "document.activeElement.matches('a.md-search-result__link')"
    tab.keyboard.press("ArrowDown")
    assert links.nth(0).evaluate("link => link === document.activeElement")
    tab.keyboard.press("ArrowDown")
    assert links.nth(1).evaluate("link => link === document.activeElement")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    assert not tab.evaluate(focused) and tab.is_checked("#__search")
    tab.keyboard.press("Tab")
    assert tab.evaluate(focused)
    tab.keyboard.press("Escape")
    assert not tab.is_checked("#__search") and not tab.evaluate(focused)
    tab.locator(BOX).focus()
    assert tab.is_checked("#__search")
    tab.keyboard.press("Shift+Tab")
    assert not tab.is_checked("#__search"), "it closes when the focus goes elsewhere"
    tab.locator(BOX).focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/en/attention/**")
    assert window.wrong == []


def test_keys_that_open_it_are_letters_elsewhere(visit):  # noqa: F811
    tab = visit().go(path("en", "llm"))
    tab.wait_for_load_state("load")
    tab.keyboard.press("Control+f")
    assert not tab.is_checked("#__search")
    tab.keyboard.press("s")
    tab.keyboard.type("f/s")
    assert tab.input_value(BOX) == "f/s"


def test_on_a_phone_it_opens_over_the_page(visit):  # noqa: F811
    window = visit(width=375)
    tab = window.go(path("it", "llm"))
    tab.locator("header label.md-header__button[for=__search]").click()
    until(tab, "!!window.searchIndex")
    tab.keyboard.type("pesi")
    tab.locator(LINK).nth(1).click()
    tab.wait_for_url("**/glossary/**")
    assert not tab.is_checked("#__search") and window.wrong == []


# Pages in languages without spaces between words, and one whose words look like tags.
OTHERS = (
    'searchIndex={"endings":[],"pages":['
    '["zh/",[["",0,"权重","模型的权重是数字。"],["a",1,"注意力","注意力决定每个词的重要性。"]]],'
    '["ja/",[["",0,"重みとは","ニューラルネットワークの重みは数値です。"]]],'
    '["de/",[["",0,"Größe","Straße <img src=x onerror=alert(1)> Ärger"]]],'
    '["ar/",[["",0,"الأوزان","الأوزان أرقام"]]]]}'
)


@pytest.mark.parametrize(
    ("words", "place"),
    [("数字", "zh/#"), ("重要性", "zh/#a"), ("数値", "ja/#"), ("grosse", "de/#"), ("arger", "de/#"), ("أرقام", "ar/#")],
)
def test_other_scripts(visit, words, place):  # noqa: F811
    window = visit()
    tab = window.go(path("it", "llm"))
    tab.route("**/search/index.js", lambda route: route.fulfill(body=OTHERS, content_type="text/javascript"))
    tab.locator(BOX).focus()
    until(tab, "!!window.searchIndex")
    assert found(tab, words, "it")[:1] == [place]
    assert window.wrong == [] and not tab.locator(f"{LINK} img").count()


def test_it_works_in_a_folder_without_a_server(visit, site):  # noqa: F811
    tab = visit().context.new_page()
    tab.goto((site / "en" / "llm" / "index.html").as_uri())
    tab.locator(BOX).focus()
    until(tab, "!!window.searchIndex")
    tab.fill(BOX, "weights")
    link = tab.locator(LINK).first
    assert link.evaluate("a => a.pathname") == (site / "en" / "weights").as_uri().removeprefix("file://") + "/"
