"""What came out: the sections as values, and the printed page section by section."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar

from winloss import resources, sample, settings, warehouse
from winloss.reporting import Cell, Edition, Figure, Panel, Quote, Row, Sections
from winloss.weeks import Week

LENSES = (
    *("drivers", "know_why", "prevention", "promises", "loyalty", "trust", "ladder"),
    *("respect", "talk", "actions", "coverage"),
)
UNREAD = {"style", "script", "pre"}
Kind = TypeVar("Kind", Figure, Quote)


class Page(HTMLParser):
    """The words of each `<section id=…>`, without the lists of row ids."""

    def __init__(self) -> None:
        """Nothing read yet."""
        super().__init__()
        self.texts: dict[str, list[str]] = {}
        self.quotes: list[str] = []
        """Whatever stands as a customer's words."""
        self._section = ""
        self._unread = False
        self._is_quote = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note which section begins, and what nobody reads."""
        given = dict(attrs)
        if tag == "section":
            self._section = given.get("id") or ""
        if tag in UNREAD or given.get("class") == "rows":
            self._unread = True
        if tag == "blockquote" or given.get("class") == "theirs aside":
            self._is_quote = True
            self.quotes.append("")
        self._say(" ")

    def handle_endtag(self, tag: str) -> None:
        """Note which section ends."""
        if tag == "section":
            self._section = ""
        if tag in UNREAD or tag == "div":
            self._unread = False
        if tag in {"blockquote", "span"}:
            self._is_quote = False
        self._say(" ")

    def handle_data(self, data: str) -> None:
        """Keep what a reader sees."""
        self._say(data)
        if self._is_quote:
            self.quotes[-1] += data

    def _say(self, text: str) -> None:
        if not self._unread:
            self.texts.setdefault(self._section, []).append(text)

    def said(self, section: str) -> str:
        """The words of one section, with single spaces."""
        return plain("".join(self.texts[section]))


def plain(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Printed:
    """One edition, as values and as a page."""

    sections: Sections
    page: Page
    has_page: bool = True

    def panel(self, lens: str, name: str) -> Panel:
        """One table of a section."""
        (found,) = (each for each in self.sections[lens].panels if each.name == name)
        return found

    def rows(self, lens: str, name: str) -> dict[str, Row]:
        """The lines of one table by their labels."""
        return {row.label: row for row in self.panel(lens, name).rows}

    def counts(self, lens: str, name: str, column: int = 0) -> dict[str, tuple[int, int]]:
        """Label -> count and total of one column, each of them printed in the section."""
        found = {}
        for label, row in self.rows(lens, name).items():
            if len(row.cells) > column and (figure := row.cells[column].figure):
                self.check(lens, row.cells[column])
                found[label] = (figure.count, figure.total)
        return found

    def check(self, lens: str, cell: Cell) -> None:
        """Raise AssertionError unless the page prints the cell."""
        if self.has_page:
            assert plain(cell.said) in self.page.said(lens), (lens, cell.said)


def counted(figure: Figure) -> tuple[int, int]:
    """A figure's count and total."""
    return figure.count, figure.total


def inside(found: object, kind: type[Kind]) -> Iterator[Kind]:
    """Every figure, or every quote, inside a value, however deep."""
    if isinstance(found, kind):
        yield found
    elif isinstance(found, tuple):
        for each in found:
            yield from inside(each, kind)
    elif is_dataclass(found):
        for each in fields(found):
            yield from inside(getattr(found, each.name), kind)


def printed(home: Path, week: str = sample.WEEK, *, has_page: bool = True) -> Printed:
    """A week's edition for everybody, told again from its work file."""
    programme = settings.read(home)
    edition = Edition("weekly", Week.parse(week), "all", sample.NOW)
    with warehouse.reading(programme.warehouse, zone=programme.time_zone) as connection:
        room = resources.load("reports", "sections")
        told = room.tell(warehouse.Reader(connection), edition, programme).sections
    page = Page()
    if has_page:
        path = home / "editions" / edition.edition_id / "full.html"
        page.feed(path.read_text(encoding="utf-8"))
    return Printed(told, page, has_page)
