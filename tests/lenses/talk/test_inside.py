"""How we talk among ourselves: nobody counted out of a small group."""

from tests.lenses.harness import cells, panel
from tests.lenses.talk.company import THIS_QUARTER, Company

from winloss.lenses import talk
from winloss.reporting import Section


def names(section: Section) -> set[str]:
    return {each.name for each in section.panels}


def test_four_staff_are_not_shown(company: Company) -> None:
    """Below five answers neither figure nor word of staff is printed."""
    company.staff("North", 4, 1, 1, 1, words="We call them names when the call is over.")

    section = company.section()

    assert names(section) == set()
    assert section.quotes == ()
    assert "Inside" not in " ".join(section.lines)


def test_five_staff_are(company: Company) -> None:
    """From five on they are, with the words of those who allow it, and no row ids."""
    company.staff("North", 5, 1, None, 3, words="We call them names when the call is over.")
    company.customer("a", 5, 3, 3)

    section = company.section()

    (row,) = [each for each in panel(section, "inside").rows if each.label == "of customers"]
    assert [cell.said for cell in row.cells] == [
        "0 of 5 (likely 0 to 43 %)",
        "5 of 5 (likely 57 to 100 %)",
        "No gap we can call.",
    ]
    assert row.quote is not None
    assert row.quote.text == "We call them names when the call is over."
    assert not row.quote.is_named
    assert "of what we do" not in [each.label for each in panel(section, "inside").rows]
    figures = [cell.figure for each in panel(section, "inside").rows for cell in each.cells]
    assert {figure.row_ids for figure in figures if figure} == {()}


def test_a_small_team_hides_another(company: Company) -> None:
    """A team of four hides the next smallest with it: subtraction would tell it otherwise."""
    company.staff("North", 7, 4, 4, 4)
    company.staff("South", 6, 4, 4, 4)
    company.staff("Ports", 4, 1, 1, 1)

    section = company.section()

    assert [row.label for row in panel(section, "teams").rows] == ["North"]
    assert panel(section, "teams").note.endswith("subtraction would tell: Ports and South.")
    assert cells(section, "inside")[0][0].startswith("76 % (13 of 17")


def test_an_area_left_open_can_hide_a_team(company: Company) -> None:
    """The floor is about answers: five people of whom four rated an area are too few."""
    company.staff("North", 9, 4, 4, 4)
    company.staff("South", 8, 4, 4, 4)
    company.staff("Ports", 4, 4, 4, 4)
    company.staff("Ports", 1, 4, 4, None)

    section = company.section()

    assert [row.label for row in panel(section, "teams").rows] == ["North"]


def test_a_hidden_teams_own_edition(company: Company) -> None:
    """A team that is hidden is hidden from itself; a shown one reads no words of staff."""
    company.staff("North", 7, 4, 3, 3, words="We take their side in the Monday call.")
    company.staff("South", 6, 4, 3, 3)
    company.staff("Ports", 4, 1, 3, 3)

    north, south, ports = (company.section(team=name) for name in ("North", "South", "Ports"))

    assert cells(north, "inside")[0][0] == "7 of 7 (likely 65 to 100 %)"
    assert north.quotes == ()
    assert names(south) == names(ports) == set()


def test_a_quarter_counts_once_it_is_over(company: Company) -> None:
    """From one week to the next nobody can subtract one answer from the figures."""
    company.staff("North", 6, 4, 4, 4)
    company.staff("North", 1, 1, 1, 1, counted_on=THIS_QUARTER)

    section = company.section()

    assert cells(section, "inside")[0][0] == "6 of 6 (likely 61 to 100 %)"


def test_a_gap_is_called_beyond_chance_only(company: Company) -> None:
    """Twelve against twelve is a gap; one against one is none."""
    company.staff("North", 12, 5, 3, 3)
    for number in range(12):
        company.customer(f"c{number}", 1, 3, 3)

    section = company.section()

    said = [row[2] for row in cells(section, "inside")]
    assert said == [
        "We think better of it than they do.",
        "No gap we can call.",
        talk.inside.NO_GAP,
    ]
