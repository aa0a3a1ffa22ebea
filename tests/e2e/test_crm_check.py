"""`winloss crm check`: what a run would read of our own systems, with nothing landed."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.crm.hubspot.server import TOKEN, HubSpot
from tests.e2e.command import winloss
from tests.e2e.hubspots import fill, point

from winloss import sample, settings


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    """The sample company's folder, before its first run."""
    return shutil.copytree(sample_home, tmp_path / "programme")


def check(home: Path, columns: int = 200, **environment: str) -> "subprocess.CompletedProcess[str]":
    """What a person sees whose terminal is so wide."""
    return subprocess.run(
        [str(Path(sys.executable).parent / "winloss"), "crm", "check", "--home", str(home)],
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": str(columns), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def change(home: Path, old: str, new: str) -> None:
    """Another setting."""
    path = home / settings.FILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_sample(home: Path) -> None:
    """Counts, what was set aside and where; nothing is written, and no key is needed."""
    before = sorted(home.rglob("*"))

    done = check(home)

    assert (done.returncode, sorted(home.rglob("*"))) == (0, before)
    assert "1  duplicate id           first: opportunities.csv, line 7 (OPP-20001)" in done.stdout
    assert "decision_kind  cancelled   lost        renewed" in done.stdout
    assert "reading [crm.decisions]" in done.stderr
    assert done.stdout.endswith("Nothing was landed: winloss run does that.\n")


def test_it_fits_a_terminal(home: Path) -> None:
    """Nothing is wider than 80 columns, and nothing of the first rows is cut off."""
    lines = check(home, 80).stdout.splitlines()

    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if "…" in line]


def test_nobody_is_named(home: Path) -> None:
    """Ids, kinds, days and amounts are shown, and no text that came with them."""
    shown = check(home).stdout
    named = [
        row[column]
        for file, columns in {
            "accounts.csv": ("Account Name",),
            "contacts.csv": ("Full Name", "Title"),
            "users.csv": ("Name", "Email"),
            "promises.csv": ("Promise",),
            "opportunities.csv": ("Loss Reason", "Loss Notes", "Main Competitor"),
        }.items()
        for row in csv.DictReader(
            (home / "crm" / file).read_text("utf-8-sig", errors="replace").splitlines()
        )
        for column in columns
        if row[column]
    ]

    assert len(named) > 1000
    assert not [each for each in set(named) if each in shown]


def test_an_address_is_no_id(home: Path) -> None:
    """Whoever names respondents by their address sees none of them."""
    path = home / "crm" / "contacts.csv"
    path.write_text("Contact ID,Account ID\nada@example.com,ACC-1001\n", "utf-8")

    shown = check(home).stdout

    assert "(an address)" in shown
    assert "ada@" not in shown


def test_a_source_that_cannot_be_used(home: Path) -> None:
    """It ends with 1, says which setting to change, and reads the others all the same."""
    change(home, '"Opportunity ID"', '"Deal ID"')

    done = check(home)

    assert done.returncode == 1
    assert "crm.decisions  cannot be used" in done.stdout
    assert "set crm.decisions.columns.decision_id to one of them" in done.stdout
    assert "accounts  from accounts.csv" in done.stdout
    assert done.stdout.endswith("Cannot be used: crm.decisions. Nothing was landed.\n")


def test_rows_none_of_which_can_be_used(home: Path) -> None:
    """A format that fits no day stops no run, and yet a run would know of no decision."""
    change(home, 'date_format = "%d.%m.%Y"', 'date_format = "%Y/%m/%d"')

    done = check(home)

    assert done.returncode == 1
    assert "unreadable decided_on  first: opportunities.csv, line 2 (OPP-20001)" in done.stdout
    assert done.stdout.endswith("Cannot be used: decisions. Nothing was landed.\n")


def test_amounts_in_no_sum(tmp_path: Path) -> None:
    """Every amount that no rate makes dollars is counted, not only its currency."""
    tables = "".join(f'[crm.{each}]\npath = "{each}.csv"\n' for each in ("decisions", "rates"))
    (tmp_path / settings.FILE).write_text(f'company = "Harbourline"\n{tables}', "utf-8")
    currencies = ["CHF"] * 48 + ["EUR"] * 3 + ["GBP"] * 2 + [""] * 5
    rows = [f"D{n},lost,2026-05-01,100,{currency}" for n, currency in enumerate(currencies)]
    header = "decision_id,decision_kind,decided_on,amount,currency"
    (tmp_path / "decisions.csv").write_text("\n".join([header, *rows]), "utf-8")
    rates = "currency,usd,valid_from\nEUR,1.1,2026-01-01\nGBP,1.3,2026-06-01\n"
    (tmp_path / "rates.csv").write_text(rates, "utf-8")

    done = check(tmp_path)

    assert done.returncode == 0
    assert done.stdout.partition("amounts in no sum")[2].splitlines()[1:4] == [
        "  48 in CHF: no rate in [crm.rates]",
        "  5 name no currency",
        "  2 in GBP: before its first rate in [crm.rates], 2026-06-01",
    ]


def test_no_source_at_all(tmp_path: Path) -> None:
    """There is nothing to check, and the way to something is said."""
    (tmp_path / settings.FILE).write_text('company = "Harbourline"\n', "utf-8")

    done = winloss(tmp_path, "crm", "check")

    assert (done.returncode, done.stdout) == (1, "")
    assert "names no source under [crm]. Set crm.decisions.path" in done.stderr


def test_a_crm(tmp_path: Path) -> None:
    """A connector is asked as in a run: its key needed, its rows shown, its trouble said."""
    home = tmp_path / "programme"
    sample.write(home, preset="small")
    with HubSpot() as hubspot:
        fill(hubspot, home / "crm")
        point(home, hubspot)
        done = check(home, WINLOSS_HUBSPOT_TOKEN=TOKEN)
        without_a_key = check(home)

    assert done.returncode == 0, done.stdout
    assert "decisions  from HubSpot" in done.stdout
    assert "reading [crm.hubspot]" in done.stderr
    assert without_a_key.returncode == 1
    assert "WINLOSS_HUBSPOT_TOKEN" in without_a_key.stdout
    assert "respondents  from contacts.csv" in without_a_key.stdout


def test_an_option_that_cannot_be_meant(home: Path) -> None:
    """What is wrong is said, and not by whom it was found."""
    done = winloss(home, "sql", "select 1", "--format", "xls")

    assert done.returncode == 2
    assert "'--format': 'xls' is not one of" in done.stderr
