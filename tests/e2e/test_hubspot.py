"""The sample company once more, its decisions from HubSpot: the same figures as from its files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.crm.hubspot.server import TOKEN, HubSpot
from tests.e2e.conftest import connect
from tests.e2e.hubspots import fill, point

from winloss import editing, sample, settings, steps, warehouse
from winloss.reporting import Edition
from winloss.typeform.sandbox import Sandbox

pytestmark = pytest.mark.slow

MARTS = ("decisions", "accounts", "seller_reasons", "verdicts", "decision_reasons", "drivers")


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A programme that has read its files, and its twin that has read HubSpot."""
    folder = tmp_path_factory.mktemp("hubspot")
    of_files, of_hubspot = folder / "files", folder / "hubspot"
    sample.write(of_files, preset="small")
    shutil.copytree(of_files, of_hubspot)
    with (
        pytest.MonkeyPatch.context() as patch,
        Sandbox(of_files / "typeform", token=sample.TOKEN) as sandbox,
        HubSpot() as hubspot,
    ):
        for name in ("TYPEFORM__BASE_URL", "HUBSPOT_TOKEN"):
            # Set and taken away, so that what is provided is taken away after the test.
            patch.setenv(f"WINLOSS_{name}", "")
        connect(sandbox)
        settings.provide(hubspot_token=TOKEN)
        fill(hubspot, of_hubspot / "crm")
        point(of_hubspot, hubspot)
        run(of_files)
        run(of_hubspot)
        yield of_files, of_hubspot


def run(home: Path) -> None:
    """The weekly run, up to its mail."""
    week = steps.week_of(home, sample.WEEK, sample.NOW)
    wanted = Edition("weekly", week, steps.EVERYBODY, sample.NOW)
    landed = steps.land(home, steps.pull(home, sample.NOW), sample.NOW, wanted)
    steps.build(home, sample.NOW)
    editing.report(home, landed.edition or wanted)


def rows(home: Path, relation: str) -> list[tuple[object, ...]]:
    """What a mart holds, but for the keys that each warehouse salts for itself."""
    with warehouse.reading(home / "warehouse.duckdb") as connection:
        described = connection.execute(f"describe marts.{relation}").fetchall()
        names = ", ".join(name for name, *_ in described if not name.endswith("_key"))
        return connection.execute(f"select {names} from marts.{relation} order by all").fetchall()


@pytest.mark.parametrize("relation", MARTS)
def test_every_figure_is_the_same(homes: tuple[Path, Path], relation: str) -> None:
    of_files, of_hubspot = (rows(home, relation) for home in homes)

    assert of_files
    assert of_hubspot == of_files


def test_the_mail_differs_in_nothing_but_what_was_set_aside(homes: tuple[Path, Path]) -> None:
    """The file's row under an id that stands above cannot be in HubSpot."""
    mail = Path("editions") / f"weekly-{sample.WEEK}-all" / "weekly.txt"

    of_files, of_hubspot = ((home / mail).read_text().splitlines() for home in homes)

    differing = [pair for pair in zip(of_files, of_hubspot, strict=True) if len(set(pair)) > 1]
    assert len(differing) == 1
    file_said, hubspot_said = (line.partition(" input rows were")[0] for line in differing[0])
    assert file_said.endswith(" Four")
    assert hubspot_said == file_said.removesuffix("Four") + "Three"


def test_the_past_is_known_too(homes: tuple[Path, Path]) -> None:
    """A file says how a decision stands; HubSpot says how it came to."""
    query = (
        "select count(*) from raw.decision_changes "
        "where field = 'decision_kind' and new_value = (select any_value(decision_kind) "
        "from marts.decisions where decisions.decision_id = decision_changes.decision_id)"
    )
    counts: list[int] = []
    for home in homes:
        with warehouse.reading(home / "warehouse.duckdb") as connection:
            counts += connection.execute(query).fetchall()[0]

    assert counts == [0, len(rows(homes[1], "decisions"))]
