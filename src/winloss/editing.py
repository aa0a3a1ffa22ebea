"""Makes the editions of a run: the company's, each team's, and each seller's own card.

An edition is made once. Made again after a loss, it reads nothing later than its own instant.
"""

import hashlib
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winloss import files, keeping, recipes, render, resources, settings, warehouse
from winloss.reporting import Edition, Weekly
from winloss.settings import Settings

log = logging.getLogger("winloss")

_OPAQUE = 12


@dataclass(frozen=True)
class Made:
    """The company's edition as made: where it lies, and its three headline figures."""

    edition: Edition
    folder: Path
    subject: str
    headlines: tuple[str, ...]
    others: tuple[Edition, ...]
    """The editions for teams and sellers that were made with it."""


@dataclass(frozen=True)
class _Text:
    """An edition before it is kept."""

    parts: Mapping[str, str]
    """File name -> content."""
    weekly: Weekly | None = None
    """None for a card or an alert, which have no findings and use up no voice."""


def report(home: Path, edition: Edition) -> Made:
    """Make an edition and those that go with it, or give back what was made before."""
    programme = settings.read(home)
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        sellers = _sellers(programme, warehouse.Reader(connection))
        wanted = (edition, *_others(programme, edition, sellers))
        wanted = tuple(warehouse.opened(connection, each) for each in wanted)
    _make(programme, wanted, sellers)
    return _made(programme, edition, wanted[1:])


def make(home: Path, edition: Edition) -> None:
    """Make one edition that goes with no other, such as an alert, unless it was made before."""
    _make(settings.read(home), (edition,), {})


def _make(programme: Settings, wanted: tuple[Edition, ...], sellers: Mapping[str, str]) -> None:
    """Make those of the editions, all of one instant, that are not whole yet."""
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        kept = {each.edition_id: warehouse.kept_hash(connection, each) for each in wanted}
        is_current = warehouse.built_as_of(connection) == wanted[0].as_of
    missing = [each for each in wanted if not _is_whole(programme, each, kept[each.edition_id])]
    if not missing:
        return
    with _source(programme, missing[0], is_current=is_current) as connection:
        reader = warehouse.Reader(connection, programme)
        texts = {each: _text(reader, each, programme, sellers) for each in missing}
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        for each, text in texts.items():
            _keep(connection, programme.editions / each.edition_id, each, text)


def readers(home: Path, edition: Edition) -> tuple[str, ...]:
    """Who gets an edition: of a card, the one seller it is about."""
    programme = settings.read(home)
    if edition.report == "team":
        return programme.report.teams.get(edition.audience, ())
    if edition.report == "alert" and programme.report.alert_readers:
        return programme.report.alert_readers
    if edition.report != "seller_card":
        return programme.report.readers or (programme.mail.sender,)
    with warehouse.reading(programme.warehouse, zone=programme.time_zone) as connection:
        addresses = _addresses(warehouse.Reader(connection))
    return tuple(
        address for seller, address in addresses.items() if _audience(seller) == edition.audience
    )


@contextmanager
def _source(programme: Settings, edition: Edition, *, is_current: bool) -> Iterator[Any]:
    """The warehouse as it was at the edition's instant."""
    log.info("writing the report")
    if is_current:
        with warehouse.reading(programme.warehouse, zone=programme.time_zone) as connection:
            yield connection
    else:
        recipe, zone = recipes.recipe(programme), programme.time_zone
        with warehouse.as_of(programme.warehouse, recipe, edition.as_of, zone=zone) as connection:
            yield connection


def _others(programme: Settings, edition: Edition, sellers: Mapping[str, str]) -> list[Edition]:
    found = [Edition("team", edition.week, team, edition.as_of) for team in programme.report.teams]
    cards = [Edition("seller_card", edition.week, name, edition.as_of) for name in sellers]
    return [*found, *cards]


def _sellers(programme: Settings, reader: warehouse.Reader) -> dict[str, str]:
    """Audience -> the seller it stands for, where cards are sent at all."""
    if not programme.report.seller_cards:
        return {}
    return {_audience(seller): seller for seller in _addresses(reader)}


def _addresses(reader: warehouse.Reader) -> dict[str, str]:
    """Seller -> address, of those who have an exit to know about."""
    found = reader.report("seller_addresses")
    return dict(found.select("seller_id", "seller_email").iter_rows())


def _audience(seller: str) -> str:
    """What stands for a seller in names of files and rows: a card is nobody else's business."""
    return hashlib.sha256(seller.encode()).hexdigest()[:_OPAQUE]


def _text(
    reader: warehouse.Reader, edition: Edition, programme: Settings, sellers: Mapping[str, str]
) -> _Text:
    room: Any = resources.load("reports", edition.report)
    if edition.report == "seller_card":
        card = room.make(reader, edition, programme, sellers[edition.audience])
        return _Text(_parts(edition, render.seller_card(card)))
    if edition.report == "alert":
        return _Text(_parts(edition, render.alert(room.make(reader, edition, programme))))
    weekly: Weekly = room.make(reader, edition, programme)
    parts = _parts(edition, render.weekly(weekly))
    if edition.report == "weekly":
        full: Any = resources.load("reports", "full")
        page = render.full(full.make(reader, edition, programme, weekly))
        parts |= {"full.html": page, "headlines.txt": "\n".join(weekly.headlines)}
    return _Text(parts, weekly)


def _parts(edition: Edition, rendered: render.Rendered) -> dict[str, str]:
    return {
        "subject.txt": rendered.subject,
        f"{edition.report}.txt": rendered.text,
        f"{edition.report}.html": rendered.html,
    }


def _keep(connection: Any, folder: Path, edition: Edition, text: _Text) -> None:  # noqa: ANN401
    with files.told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in text.parts.items():
            files.write(folder / name, content.encode())
    warehouse.keep(
        connection,
        edition,
        keeping.finding_rows(text.weekly),
        # A team's edition speaks of a whole window, so its voices may come again.
        keeping.printed_rows(text.weekly if edition.report == "weekly" else None),
        body_hash=_folder_hash(folder),
    )


def _is_whole(programme: Settings, edition: Edition, kept_hash: str | None) -> bool:
    folder = programme.editions / edition.edition_id
    return kept_hash is not None and kept_hash == _folder_hash(folder)


def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("[!.]*")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _made(programme: Settings, edition: Edition, others: tuple[Edition, ...]) -> Made:
    folder = programme.editions / edition.edition_id
    return Made(
        edition,
        folder,
        (folder / "subject.txt").read_text(encoding="utf-8"),
        tuple((folder / "headlines.txt").read_text(encoding="utf-8").splitlines()),
        others,
    )
