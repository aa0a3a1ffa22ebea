"""What is said of a reason that people read otherwise, and of a codebook that has changed."""

from datetime import date

import pytest
from tests.lenses.agreed import agreed, changes
from tests.lenses.drivers.counts import by_segment, counts, judge

from winloss import numbers
from winloss.reporting import Drivers

LOW = (8, 9, 14)
HIGH = (20, 1, 20)
FEW = (10, 1, 9)
FOUND = numbers.alpha(*LOW)
OF = f".41 of 1 (likely {FOUND.low:.2f} to {FOUND.high:.2f}, 31 texts).".replace(" 0.", " .")
AGREES = f"Tentative: our reading of this reason agrees with people's {OF}"
TWO = f"Tentative: two people agree on this reason {OF}"
ON_FEW = "Tentative: people have checked how we read this reason on 20 texts only."


def said(*rows: tuple[str, str, int, int, int]) -> str:
    """What stands beside the one finding of the week."""
    week = counts(("price", 3), heard=4)
    parts = by_segment("price", Large=(3, 4))
    found = judge(week, window=week, splits=parts, agreement=agreed(*rows))
    assert [row.tentative for row in found.ranking] == [found.findings[0].tentative]
    return found.findings[0].tentative


@pytest.mark.parametrize(
    ("machine", "people", "expected"),
    [
        (LOW, None, AGREES),
        (None, LOW, TWO),
        (HIGH, LOW, TWO),
        (HIGH, HIGH, ""),
        (FEW, None, ON_FEW),
        # That two people have coded little says nothing against how we read.
        (HIGH, FEW, ""),
        (FEW, LOW, TWO),
        # Nobody can say: the mail would drown in it.
        ((2, 1, 20), None, ""),
        (None, None, ""),
    ],
)
def test_tentative(
    machine: tuple[int, int, int] | None, people: tuple[int, int, int] | None, expected: str
) -> None:
    pairs = {"machine": machine, "people": people}

    found = said(*(("price", pair, *counted) for pair, counted in pairs.items() if counted))

    assert found == expected


def test_the_one_that_agrees_least_speaks() -> None:
    machine, people = ("price", "machine", *LOW), ("price", "people", 4, 13, 14)

    assert said(machine, people).startswith("Tentative: two people agree on this reason .08 of 1")
    assert said(people, machine) == said(machine, people)


def test_another_reason_is_not_meant() -> None:
    """Nor are all reasons together a reason."""
    assert said(("terms", "machine", *LOW), (None, "machine", *LOW)) == ""  # type: ignore[arg-type]


def after(*rows: tuple[object, ...]) -> Drivers:
    """The section, the codebook having changed so."""
    return judge(counts(("price", 3), heard=4), codebook=changes(*rows))


@pytest.mark.parametrize(
    ("texts", "moved", "expected"),
    [
        (120, 14, "; 14 of 120 texts have another main reason than before"),
        (120, 1, "; one of 120 texts has another main reason than before"),
        (120, 0, "; each of 120 texts has the main reason it had before"),
        (0, 0, ""),
    ],
)
def test_what_a_new_codebook_moved(texts: int, moved: int, expected: str) -> None:
    found = after((date(2026, 9, 12), texts, moved, [], []))

    assert found.codebook == (
        f"The codebook changed on 12 September. Both periods are read with the new one{expected}."
    )
    assert found.lines == (found.codebook,)


def test_reasons_that_came_and_went() -> None:
    found = after(
        (date(2026, 9, 12), 120, 14, ["terms", "trust"], ["service"]),
        (date(2026, 8, 3), 90, 2, [], ["habits"]),
        (date(2026, 8, 2), 90, 2, None, None),
    )

    assert found.codebook.startswith("The codebook changed three times, last on 12 September.")
    assert found.lines[1:] == (
        "The codebook of 12 September added terms and trust and retired service.",
        "The codebook of 3 August retired habits.",
    )


def test_no_change_is_no_news() -> None:
    found = after()

    assert (found.codebook, found.lines) == ("", ())
