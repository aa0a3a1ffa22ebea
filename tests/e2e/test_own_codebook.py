"""A programme with a codebook of its own: every figure is about its reasons."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from tests.coding.codebook.books import write
from tests.e2e.conftest import Programme

from winloss import acting, sample, settings
from winloss.errors import ActionError

pytestmark = pytest.mark.slow

REASONS = (
    "cost||cost|",
    "cost.price|cost|price, cost, expensive|",
    "cost.Small Print|cost|small print, hidden fees, renewal|",
    "help||help|",
    "help.start|help|onboarding, training, getting started|",
    "help.support|help|support, hotline, ticket|",
    "help.price|help|price|2026-01-01",
)


@pytest.fixture
def own(programme: Programme) -> Programme:
    """The sample company, with six codes of two levels and a list of what its CRM says."""
    folder = programme.home / "codes"
    folder.mkdir()
    write(folder / "own.csv", "reason|parent|label|valid_to", *REASONS)
    write(
        folder / "seller_reasons.csv",
        "seller_value|reason",
        "Price|cost.price",
        "Support|help.support",
    )
    with (programme.home / settings.FILE).open("a", encoding="utf-8") as file:
        file.write('\n[coding]\ncodebook = "codes/own.csv"\n')
    return programme


def column(home: Path, query: str) -> set[str]:
    with duckdb.connect(str(home / "published" / "winloss.duckdb"), read_only=True) as connection:
        return {row[0] for row in connection.execute(query).fetchall()}


def test_a_run_knows_no_other_reasons(own: Programme) -> None:
    """Coded, mapped from the CRM, published: a tick of ours that it lacks counts for nothing."""
    own.run()

    every = {row.split("|")[0] for row in REASONS}
    leaves = every - {"cost", "help", "help.price"}
    coded = column(own.home, "select reason from marts.codes")
    assert {"cost.price", "help.start", "help.support"} <= coded <= leaves
    assert column(own.home, "select reason from marts.decision_reasons") <= leaves
    assert column(own.home, "select parent from marts.codes") == {"cost", "help"}
    logged = column(own.home, "select reason from marts.seller_reasons where reason is not null")
    assert {"cost.price"} <= logged <= leaves
    assert column(own.home, "select reason from seeds.reasons") == every


def test_an_action_is_against_one_of_its_reasons(own: Programme) -> None:
    """Ours are unknown there, and the error names the file that has all."""
    standard = acting.Wanted("x", "Ann", kind="standard", measure="y", reason="help.support")
    ours = replace(standard, reason="support")
    retired = replace(standard, reason="help.price")

    _, is_new = acting.add(own.home, standard, now=sample.NOW)

    assert is_new
    assert acting.listed(own.home, now=sample.NOW)["reason"].to_list() == ["help.support"]
    with pytest.raises(ActionError, match=r"no reason 'support'; near it: help\.support") as caught:
        acting.add(own.home, ours, now=sample.NOW)
    assert str(own.home.resolve() / "codes" / "own.csv") in str(caught.value)
    with pytest.raises(ActionError, match=r"no reason 'help\.price'"):
        acting.add(own.home, retired, now=sample.NOW)
