"""Whatever happened and however it was built: the warehouse is a function of what came in."""

import tempfile
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.warehouse.histories import contents
from tests.warehouse.histories.contents import Contents
from tests.warehouse.histories.drawing import histories
from tests.warehouse.histories.programme import Programme
from tests.warehouse.histories.steps import (
    Again,
    Built,
    Came,
    Formed,
    Labelled,
    Recoded,
    Set,
    Step,
    Swept,
    Taught,
    decided,
)

from winloss import warehouse

pytestmark = pytest.mark.slow

# The same histories each time; with `make long` other ones, and people teach the coder too.
WIDE = settings(deadline=None, suppress_health_check=list(HealthCheck))
SAME = settings(WIDE, derandomize=True)


def check(history: list[Step]) -> None:
    """Raise AssertionError where grown, rebuilt and built once are not the same, row for row."""
    with tempfile.TemporaryDirectory() as folder, warehouse.in_memory() as connection:
        programme = Programme(Path(folder), lambda: nullcontext(connection))
        list(programme.live(history))
        grown = contents.of(connection)
        with contents.anew(connection) as once:
            warehouse.build(once, programme.recipe, as_of=programme.now)
            contents.compare(grown, contents.of(once), "grown", "built once")
        programme.build(is_full=True)
        contents.compare(grown, contents.of(connection), "grown", "rebuilt")


def check_file(history: list[Step]) -> None:
    """Raise AssertionError where what is published, or remade of the past, is not what it was."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "warehouse.duckdb"
        programme = Programme(Path(folder), lambda: warehouse.writing(work))
        editions: dict[datetime, tuple[warehouse.Recipe, Contents]] = {}
        for built, _ in programme.live(history):
            copied = published(programme, work, "grown")
            if built.is_weekly:
                with warehouse.reading(work) as connection:
                    editions[programme.now] = (programme.recipe, contents.of(connection))
        for instant, (recipe, then) in editions.items():
            with warehouse.as_of(work, recipe, instant, zone="UTC") as past:
                contents.compare(then, contents.of(past), "then", f"the past at {instant}")
        programme.build(is_full=True)
        contents.compare(copied, published(programme, work, "rebuilt"), "grown", "rebuilt")


def published(programme: Programme, work: Path, name: str) -> Contents:
    """All that the analysts' copy says, made now over the one of that name."""
    public = work.with_name(f"{name}.duckdb")
    warehouse.publish(
        work,
        public,
        names=lambda connection: warehouse.Reader(connection, programme.settings).names(),
        as_of=programme.now,
        zone="UTC",
    )
    with warehouse.reading(public) as connection:
        return contents.of(connection, ("marts", "seeds"))


# Histories that once ended differently, or are the likeliest to.
PERSONAL_LATER: list[Step] = [
    *(Formed(age=3), Came("r1"), Built()),
    *(Formed(version="asks for an address"), Came("r2"), Built()),
]
DECIDED_ANEW: list[Step] = [
    *(decided("lost"), Came("r1"), Came("r2", words=1), Labelled(0, ("price",)), Built()),
    *(decided("won"), Swept("r2"), Built(is_weekly=True)),
    *(Again(), Came("r1", words=2, age=2), Recoded(is_all=True, is_cut=True), Built(is_cut=True)),
    *(decided("open"), Formed(version="in German", age=4), Built()),
]
RECODED: list[Step] = [
    *(Came("r1", words=1), Came("r3", words=2), Labelled(1, ("support",)), Built()),
    *(Set("one split"), Recoded(), Built(), Set("one retired"), Came("r2", words=2), Built()),
]
SEEN_AGAIN: list[Step] = [
    *(Came("r1"), Came("r1", words=1), Built(), Swept("r1"), Built()),
    *(Again(ago=1), Built(), Again(), Built()),
]


@settings(SAME, max_examples=6)
@given(history=histories())
@example(history=PERSONAL_LATER)
@example(history=DECIDED_ANEW)
@example(history=RECODED)
@example(history=SEEN_AGAIN)
def test_full_equals_incremental(history: list[Step]) -> None:
    """Grown build by build, rebuilt whole and built once from the same raw: the same rows."""
    check(history)


@settings(SAME, max_examples=1)
@given(history=histories())
@example(history=DECIDED_ANEW)
def test_published_and_past(history: list[Step]) -> None:
    """The same copy is published of both, and every edition's warehouse can be made again."""
    check_file(history)


@pytest.mark.long
@pytest.mark.timeout(7200)
@settings(WIDE, max_examples=400)
@given(history=histories(st.just(Taught())))
def test_full_equals_incremental_for_long(history: list[Step]) -> None:
    """As above, until it is dull."""
    check(history)


@pytest.mark.long
@pytest.mark.timeout(7200)
@settings(WIDE, max_examples=60)
@given(history=histories(st.just(Taught())))
def test_published_and_past_for_long(history: list[Step]) -> None:
    """As above, until it is dull."""
    check_file(history)
