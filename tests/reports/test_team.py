"""A team's own edition: its customers, its window, and nobody told apart."""

from dataclasses import replace

import pytest

from winloss import render, resources
from winloss.reporting import Edition, Weekly

TEAMS = ("north", "south", "ports")
WORDS = "We would have been on our own, said number {}."


def company(programme, heard: dict[str, int], sellers: int | dict[str, int] = 4) -> None:
    """So many exits heard of each team, all within the window, and as many unheard."""
    for team, count in heard.items():
        of = sellers if isinstance(sellers, int) else sellers[team]
        for number in range(count * 2):
            key = f"{team}-{number}"
            programme.decide(
                key,
                decided=f"2026-07-{10 + number % 20}",
                team=team,
                seller_id=f"{team}-{number // 2 % of}",
                verdict="wrong",
            )
            programme.log(key, "price_level")
            if number % 2 == 0:
                programme.answer(
                    key,
                    WORDS.format(key),
                    "onboarding",
                    evidence="on our own",
                    submitted=f"2026-08-{10 + number % 20}",
                )


@pytest.fixture
def three_teams(programme):
    """Three teams large enough to be spoken of."""
    company(programme, {"north": 9, "south": 7, "ports": 8})
    return programme


def made(programme, edition: Edition, settings, team: str) -> Weekly:
    """The team's edition."""
    mine = replace(edition, report="team", audience=team)
    found: Weekly = resources.load("reports", "team").make(programme.reader(), mine, settings)
    return found


def test_a_team_hears_its_own_customers_over_the_window(three_teams, edition, settings) -> None:
    """Counts are those of the team's exits, and the time they cover is said."""
    weekly = made(three_teams, edition, settings, "north")

    assert weekly.sections.drivers.heard == 9
    assert "in the last 13 weeks" in weekly.findings[0].claim
    assert "this week" not in weekly.findings[0].claim
    assert weekly.masthead.startswith("Harbourline · north · the 13 weeks up to week 40")


def test_a_teams_mail_has_no_pulse_and_no_block_in_it(three_teams, edition, settings) -> None:
    """What belongs to no team, or is too thin for one, is left to the company's edition."""
    weekly = made(three_teams, edition, settings, "south")

    assert weekly.prevention is None
    assert weekly.idea is None
    assert weekly.sections.ideas == {}
    assert "The company’s edition has the full report." in render.weekly(weekly).text


@pytest.mark.parametrize("team", TEAMS)
def test_a_small_team_is_hidden_and_one_more_with_it(programme, edition, settings, team) -> None:
    """Subtracting one team from the company would tell the small one: two are hidden."""
    company(programme, {"north": 9, "south": 7, "ports": 2})

    weekly = made(programme, edition, settings, team)

    is_hidden = weekly.subject == f"Too few answers to speak of {team} alone"
    assert is_hidden == (team != "north")
    assert bool(weekly.findings) != is_hidden


def test_two_sellers_are_no_team(programme, edition, settings) -> None:
    """From three sellers up: whatever is said of two is said of a person."""
    company(programme, dict.fromkeys(TEAMS, 8), {"north": 2, "south": 4, "ports": 4})

    weekly = made(programme, edition, settings, "north")

    assert weekly.findings == ()
    assert weekly.quotes == ()
    assert weekly.know_why is None


def test_a_team_named_all_is_a_team(three_teams, edition, settings) -> None:
    """The company's edition is told by its report, not by what a team calls itself."""
    for row in three_teams.rows["marts.decisions"]:
        row["team"] = "all" if row["team"] == "north" else row["team"]

    weekly = made(three_teams, edition, settings, "all")
    company = resources.load("reports", "weekly").make(three_teams.reader(), edition, settings)

    assert 0 < weekly.sections.coverage.closed[0].total < company.sections.coverage.closed[0].total


def test_every_audience_has_a_folder_of_its_own(edition) -> None:
    """Names that a folder cannot have, or that look alike, stay apart."""
    names = ["North", "north", "../../etc", "a/b", "a b", "Süd", ""]
    found = [replace(edition, report="team", audience=name).edition_id for name in names]

    assert len(set(found)) == len(names)
    assert all("/" not in each and ".." not in each for each in found)


@pytest.mark.parametrize(
    "heard",
    [(9, 7, 2), (5, 5, 5), (4, 4, 9), (1, 9, 9), (3, 2, 9), (9, 9, 4), (1, 1, 8), (6, 1, 1)],
    ids=str,
)
def test_no_hidden_team_can_be_had_by_subtraction(programme, edition, settings, heard) -> None:
    """Company minus what is shown leaves nobody, or at least two teams of five together."""
    counts = dict(zip(TEAMS, heard, strict=True))
    company(programme, counts)

    shown = {team: made(programme, edition, settings, team) for team in TEAMS}

    for count_of in (_voices, _pairs):
        hidden = [counts[team] for team, weekly in shown.items() if count_of(weekly) == 0]
        assert all(count_of(weekly) in {0, counts[team]} for team, weekly in shown.items())
        assert not hidden or (len(hidden) > 1 and sum(hidden) >= 5)


def _voices(weekly: Weekly) -> int:
    """How many customers an edition says it heard."""
    return weekly.findings[0].voices.total if weekly.findings else 0


def _pairs(weekly: Weekly) -> int:
    """How many pairs of reasons an edition's rates count."""
    rates = weekly.know_why.rates if weekly.know_why else ()
    return rates[0].total if rates else 0
