"""Typesets reports: HTML and its text twin, from one frozen context."""

import re
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from winloss import numbers, resources
from winloss.reporting import Alert, Finding, Full, Quote, SellerCard, Weekly
from winloss.shortening import shorter

MOST_WORDS = 350
"""What a weekly mail may hold, counted as its reader would."""

_BLANK_LINES = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t]+(?=\n|$)|(?<=\S) {2,}")
_WORD = re.compile(r"\S*\w\S*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")

_ASKED = {
    "answered": "told us why",
    "closed_silent": "asked, stayed silent",
    "never_asked": "never asked",
    "unknown": "asked: unknown",
    "open": "open",
    "not_due": "not due yet",
}
_VERDICTS = {
    "right": "Right",
    "partly": "Partly right",
    "wrong": "Wrong",
    "silent": "Nobody heard them",
    "unstated": "We had logged no reason",
    "uncoded": "No reason we can name in their words",
}


@dataclass(frozen=True)
class Rendered:
    """A mail ready to hand over."""

    subject: str
    text: str
    html: str


def fitted(edition: Weekly) -> Weekly:
    """The edition, without lower parts where it would be longer than `MOST_WORDS`."""
    for shortened in shorter(edition):
        rendered = weekly(shortened)
        if max(words(rendered.text), words(visible(rendered.html))) <= MOST_WORDS:
            break
    return shortened


def weekly(edition: Weekly) -> Rendered:
    """The edition in HTML and text, and its subject in one line."""
    template = environment().get_template("weekly/body.txt.j2")
    subject = environment().get_template("weekly/subject.txt.j2").render(weekly=edition)
    return Rendered(
        subject=_CONTROL.sub(" ", subject).strip(),
        text=_tidy(template.render(weekly=edition)),
        html=_html("weekly/body.html.j2", weekly=edition),
    )


def seller_card(card: SellerCard) -> Rendered:
    """One seller's own card in HTML and text, and its subject in one line."""
    text = environment().get_template("seller_card/body.txt.j2").render(card=card)
    return Rendered(
        subject=_CONTROL.sub(" ", card.subject).strip(),
        text=_tidy(text),
        html=_html("seller_card/body.html.j2", card=card),
    )


def alert(told: Alert) -> Rendered:
    """An alert in HTML and text, and its subject in one line."""
    text = environment().get_template("alert/body.txt.j2").render(alert=told)
    subject = environment().get_template("alert/subject.txt.j2").render(alert=told)
    return Rendered(
        subject=_CONTROL.sub(" ", subject).strip(),
        text=_tidy(text),
        html=_html("alert/body.html.j2", alert=told),
    )


def full(edition: Full) -> str:
    """The whole report as one self-contained page."""
    return environment().get_template("full/body.html.j2").render(full=edition)


def words(text: str) -> int:
    """How many words a reader reads; bullets, dots and dashes are none."""
    return len(_WORD.findall(text))


def visible(html: str) -> str:
    """The text of a page as a reader sees it, without the preheader."""
    reader = _Reader()
    reader.feed(html)
    return " ".join(reader.seen)


def _html(name: str, **context: object) -> str:
    return _inliner().inline(environment().get_template(name).render(**context))


def _tidy(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", _SPACES.sub(_single, text)).strip() + "\n"


def _single(spaces: re.Match[str]) -> str:
    end = spaces.end()
    return "" if end == len(spaces.string) or spaces.string[end] == "\n" else " "


@cache
def environment() -> Environment:
    """The one template environment: HTML escaped, nothing undefined passes."""
    made = Environment(
        loader=FileSystemLoader(resources.folder("templates")),
        autoescape=select_autoescape(("html.j2",), default=True, disabled_extensions=("txt.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        asked=_ASKED.__getitem__,
        spoken=numbers.spoken,
        trend=_trend,
        verdict=_VERDICTS.__getitem__,
        width=_width,
        words=_words,
    )
    return made


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


def _words(quote: Quote) -> str:
    """What the customer said, with an ellipsis where the sentence was cut."""
    before = "… " if quote.is_cut_before else ""
    after = " …" if quote.is_cut_after else ""
    return f"{before}{quote.text}{after}"


def _trend(
    finding: Finding, weeks: int, *, is_lead: bool = True, is_by_closing: bool = False
) -> str:
    """The rate over the window and what may be said of its change.

    `is_by_closing` says whose rate it is, where the voices too are those of the whole window.
    """
    if finding.trend.total == 0:
        return "No rate yet: no survey we heard from has closed."
    heard = " of those we heard" if is_lead and not is_by_closing else ""
    said = f"{numbers.spoken(finding.trend)}{heard}"
    if finding.trend.count == 0:
        said = f"no closed survey named it yet (0 of {finding.trend.total:,})"
    # Said once, under the lead, that nothing can be called.
    is_calm = finding.call == numbers.NO_CALL and (not is_lead or finding.trend.count == 0)
    when = (
        f"Of exits whose survey closed in {weeks} weeks" if is_by_closing else f"Over {weeks} weeks"
    )
    return f"{when}: {said}.{'' if is_calm else f' {finding.call}'}"


def _width(count: int, total: int) -> str:
    """The width of a bar, leaving room for its label."""
    return f"{max(2, round(60 * count / total)) if total else 2}%"


class _Reader(HTMLParser):
    """Collects what is seen: no styles, no title, no preheader."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = dict(attrs).get("style") or ""
        if tag in {"style", "title"} or (tag == "div" and "display: none" in style):
            self._hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.seen.append(data)
