"""How our own notes talk, and what sellers believed."""

from datetime import UTC, datetime

from tests.lenses.harness import THIS_WEEK, cells, panel
from tests.lenses.talk.company import Company

from winloss.reporting import Section


def names(section: Section) -> set[str]:
    return {each.name for each in section.panels}


def test_notes_of_all_and_of_teams(company: Company) -> None:
    """Phrases per 100 notes; a team of four notes hides itself and another."""
    for team, count in (("North", 8), ("South", 6), ("Ports", 4)):
        for number in range(count):
            company.note(number, team, f"{team}{number % 3}", *(["cheap"] if number == 0 else []))
    company.note(9, "North", "North1", "cheap", "tyre kicker")

    section = company.section()

    assert section.lines[-1] == (
        "Our 19 notes of 13 weeks hold five phrases that run customers down (26.3 per 100). "
        "No change we can call."
    )
    assert [row.label for row in panel(section, "notes").rows] == [
        "all our notes",
        "North",
        "“cheap”",
        "“tyre kicker”",
    ]
    assert cells(section, "notes")[0][1] == "5"
    assert cells(section, "notes")[0][0].startswith("21 % (4 of 19")
    printed = repr(section)
    assert not [seller for seller in ("North0", "South0", "Ports0") if seller in printed]


def test_a_team_of_one_seller_is_that_seller(company: Company) -> None:
    """Notes enough, but of too few people: the team is hidden, and one more with it."""
    for number in range(9):
        company.note(number, "North", f"n{number % 4}")
        company.note(number, "South", f"s{number % 3}")
        company.note(number, "Ports", "p0", "pain")

    section = company.section()

    assert [row.label for row in panel(section, "notes").rows] == [
        "all our notes",
        "North",
        "“pain”",
    ]
    assert "notes" not in names(company.section(team="Ports"))


def test_few_notes_have_no_rate(company: Company) -> None:
    """Below 15 notes the phrases are counted, not set against a hundred."""
    for number in range(6):
        company.note(number, "North", f"n{number}", *(["cheap"] if number == 0 else []))

    section = company.section()

    assert section.lines[-1] == (
        "Our six notes of 13 weeks hold one phrase that runs customers down. No change we can call."
    )


def test_conviction_beside_the_rung(company: Company) -> None:
    """Counts of decisions; a conviction of fewer than five takes another with it."""
    for number in range(7):
        company.believe(f"h{number}", 5, "disappoint" if number < 4 else "defend")
        company.believe(f"m{number}", 3, "deliver")
        company.believe(f"k{number}", 3, "delight")
    for number in range(3):
        company.believe(f"l{number}", 1, "disappoint")

    section = company.section()

    (row,) = panel(section, "conviction").rows
    assert row.label == "neither sure nor not"
    assert [cell.said for cell in row.cells] == ["0 of 14", "7 of 14", "7 of 14"]
    assert "sure that we would defend" not in " ".join(section.lines)


def test_sure_of_us(company: Company) -> None:
    """Where enough sellers were sure, it is said how many of their customers we let down."""
    for number in range(6):
        company.believe(f"h{number}", 4, "disappoint" if number < 2 else "defend")

    section = company.section()

    assert section.lines[-1] == (
        "Of 6 customers whose seller was sure that we would defend them, 2 say we let them down."
    )


def test_a_seller_who_spoke_after_the_customer(company: Company) -> None:
    """What a seller believed counts only if said before the customer did, and known by then."""
    for number in range(6):
        company.believe(f"h{number}", 4, "disappoint")
    company.believe("after", 4, "defend", at=THIS_WEEK)
    company.believe("late", 4, "defend", fetched_at=datetime(2026, 10, 6, tzinfo=UTC))

    (row,) = panel(company.section(), "conviction").rows

    assert [cell.said for cell in row.cells] == ["6 of 6", "0 of 6", "0 of 6"]
