"""What an edition printed stays in the analysts' copy only as far as the customer allows it now."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.warehouse import words
from tests.warehouse.words import AT, PRICE, SLOW

from winloss import warehouse
from winloss.quotes import Names
from winloss.reporting import WITHHELD

AS_OF = AT + timedelta(days=1)
SAYS = "Maria Keller, Kellerwerk"
FINDING: dict[str, Any] = {
    "edition_id": "e",
    "lens": "drivers",
    "position": 1,
    "form_id": "f",
    "response_id": "r1",
    "question_ref": "what_happened",
    "span_start": 0,
    "span_end": 30,
    "quote": PRICE[:30],
    "attribution": SAYS,
    "figure_count": 4,
    "figure_total": 5,
}
BOTH = ("verbatims", "responses")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory, recipe: warehouse.Recipe) -> Path:
    """The work file of a programme that has printed the words of somebody by their name."""
    home = tmp_path_factory.mktemp("sent")
    words.land(home / "landing", {"r1": PRICE})
    with warehouse.writing(home / "work.duckdb", zone="UTC") as connection:
        words.build(connection, recipe, home / "landing", days=1)
        connection.execute(
            "insert into ops.editions values ('e', 'weekly', '2026-W36', 'all', ?, 'h')", [AS_OF]
        )
        named, marks = ", ".join(FINDING), ", ".join("?" * len(FINDING))
        connection.execute(
            f"insert into marts.findings ({named}) values ({marks})", list(FINDING.values())
        )
        for mart in BOTH:
            connection.execute(f"update marts.{mart} set may_quote = 'named', may_see = true")
    return home / "work.duckdb"


@pytest.fixture
def work(sent: Path, tmp_path: Path) -> Path:
    """The same, for a test to change."""
    return Path(shutil.copy(sent, tmp_path / "work.duckdb"))


def change(work: Path, *statements: str) -> None:
    """Have the marts hold something else by now."""
    with duckdb.connect(str(work)) as connection:
        for statement in statements:
            connection.execute(statement)


def printed(work: Path, *people: str) -> list[tuple[Any, ...]]:
    """Which words the copy's one finding has, and whose; its figures are there in any case."""
    public = work.with_name("public.duckdb")
    names = Names.of(people=people)
    warehouse.publish(work, public, names=lambda _: names, as_of=AS_OF, zone="UTC")
    with duckdb.connect(str(public), read_only=True) as connection:
        rows = connection.execute(
            "select quote, attribution, figure_count from marts.findings"
        ).fetchall()
    assert [row[-1] for row in rows] == [FINDING["figure_count"]]
    return [row[:-1] for row in rows]


def test_as_sent(work: Path) -> None:
    """As long as nothing was said since, it stands there as it was sent."""
    assert printed(work) == [(FINDING["quote"], SAYS)]


@pytest.mark.parametrize(
    "statements",
    [
        [f"update marts.{mart} set may_quote = 'counted'" for mart in BOTH],
        [f"update marts.verbatims set text = '{SLOW}'"],
        [f"update marts.verbatims set text = '{PRICE.upper()}'"],
        ["delete from marts.verbatims"],
        ["update marts.verbatims set form_kind = 'staff'"],
    ],
    ids=["may only be counted", "other words", "other letters", "no words", "a colleague's"],
)
def test_words_taken_back(work: Path, statements: list[str]) -> None:
    """Consent or words that are gone take the quote and its author with them."""
    change(work, *statements)

    assert printed(work) == [(None, None)]


def test_a_name_taken_back(work: Path) -> None:
    """The words may stay; who said them is not told any more."""
    change(work, *(f"update marts.{mart} set may_quote = 'unnamed'" for mart in BOTH))

    assert printed(work) == [(FINDING["quote"], WITHHELD)]


def test_not_to_be_seen(work: Path) -> None:
    """Nor is it where the people they dealt with may not see it."""
    change(work, "update marts.responses set may_see = false")

    assert printed(work) == [(FINDING["quote"], WITHHELD)]


def test_a_name_taken_back_of_a_handful(work: Path) -> None:
    """Beside a figure of four, words without a name would lead to who said them."""
    change(
        work,
        "update marts.findings set figure_total = 4",
        *(f"update marts.{mart} set may_quote = 'unnamed'" for mart in BOTH),
    )

    assert printed(work) == [(None, None)]


def test_a_name_learned_since(work: Path) -> None:
    """What is masked in the answer is not told by the finding either; a mask as sent stays."""
    assert printed(work, "Pippa High") == [(None, None)]

    change(work, "update marts.findings set quote = 'The price was far too [name] for'")
    assert printed(work, "Pippa High") == [("The price was far too [name] for", SAYS)]
