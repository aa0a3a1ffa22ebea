"""The mail as typeset: safe, short, readable without images, the same in both twins."""

import re
from html.parser import HTMLParser

import pytest

from winloss import render
from winloss.reporting import Weekly

NUMBER = re.compile(r"\$?\d[\d,]*(?:k| %)?")
COLOR = re.compile(r"#[0-9a-f]{6}")


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_hostile_words_stay_words(hostile: Weekly) -> None:
    """No tag, no template syntax and no header comes out of what a customer wrote."""
    rendered = render.weekly(hostile)

    assert "script" not in {tag for tag, _ in Tags(rendered.html).seen}
    assert "&lt;script&gt;" in rendered.html
    assert "{{ weekly.company }}" in rendered.text
    assert "\n" not in rendered.subject
    assert "\r" not in rendered.subject


@pytest.mark.parametrize("name", ["weekly", "wordy", "hostile"])
def test_at_most_350_words(name: str, request: pytest.FixtureRequest) -> None:
    """Both twins stay short, whatever the customers wrote."""
    fitted = render.fitted(request.getfixturevalue(name))

    rendered = render.weekly(fitted)

    assert render.words(rendered.text) <= render.MOST_WORDS
    assert render.words(render.visible(rendered.html)) <= render.MOST_WORDS


def test_lower_parts_go_first(wordy: Weekly) -> None:
    """The lead with its other view outlasts everything below it."""
    fitted = render.fitted(wordy)

    assert fitted.findings[0] == wordy.findings[0]
    assert fitted.findings[1:] == () or fitted.findings[1].contrary is None
    assert fitted.coverage is not None
    assert fitted.coverage.set_aside == ""


def test_a_short_edition_is_left_alone(hostile: Weekly) -> None:
    """Nothing is cut from what fits."""
    assert render.fitted(hostile) == hostile


def test_numbers_agree(weekly: Weekly) -> None:
    """HTML and text say the same numbers; the bars repeat theirs."""
    rendered = render.weekly(weekly)

    html = set(NUMBER.findall(render.visible(rendered.html)))
    text = set(NUMBER.findall(rendered.text))
    bars = {str(count) for finding in weekly.findings for _, count in finding.ours}
    assert text <= html
    assert html - text <= bars


def test_reads_without_images_or_network(weekly: Weekly) -> None:
    """No image, no script, no style sheet: bars are cells, styles are inlined."""
    rendered = render.weekly(weekly)

    tags = Tags(rendered.html).seen
    assert {"img", "script", "link", "style", "svg"}.isdisjoint(tag for tag, _ in tags)
    assert any(attributes.get("bgcolor") for tag, attributes in tags if tag == "td")
    assert len(rendered.html.encode()) < 80_000


def test_the_preheader_is_hidden(weekly: Weekly) -> None:
    """It stands in the inbox, not in the mail."""
    rendered = render.weekly(weekly)

    assert weekly.preheader in rendered.html
    assert weekly.preheader not in render.visible(rendered.html)


def test_foreign_words_say_their_language(weekly: Weekly) -> None:
    """A screen reader reads German as German."""
    tags = Tags(render.weekly(weekly).html).seen

    assert {attributes["lang"] for _, attributes in tags if "lang" in attributes} == {"en", "de"}


def test_contrast() -> None:
    """Every ink is readable on the page: WCAG 2.2 AA, 4.5 to 1."""
    style = render.environment().loader.get_source(  # type: ignore[union-attr]
        render.environment(), "base.html.j2"
    )[0]
    inks = set(re.findall(r"[ {;]color: (#[0-9a-f]{6})", style))

    assert inks
    assert {ink: contrast(ink, "#fffdf9") >= 4.5 for ink in inks} == dict.fromkeys(inks, True)


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
