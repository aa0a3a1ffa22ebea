"""Sheets of a real programme: made, filled in, taken back, and obeyed by the next build."""

import shutil
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from tests.e2e.reviewed import asked, coded, exported, ordered, sent_back
from tests.reviewing import filling

from winloss import reviewing, sample, settings, steps, warehouse
from winloss.errors import ReviewError
from winloss.reviewing import Wanted, sampling
from winloss.warehouse import reviewing as warehouse_reviewing

pytestmark = pytest.mark.slow

_DECIDING = """
select verbatims.text, decisions.decision_id, decisions.customer_reason
from marts.verbatims
inner join marts.decisions using (decision_id)
where verbatims.asks = 'reason' and decisions.verdict is not null
    and decisions.respondent_count = 1 and verbatims.language = 'en'
"""


def test_one_tenth_is_blind(home: Path, tmp_path: Path) -> None:
    """Four of forty, and they show no suggestion."""
    made = reviewing.export(home, tmp_path, Wanted(), now=sample.NOW)
    rows = filling.rows(made.table)

    blind = [row for row in rows if "-r" in row["row"]]
    assert (made.row_count, made.blind_count, len(blind)) == (40, 4, 4)
    assert {row["suggested"] for row in blind} == {""}
    assert any(row["suggested"] for row in rows)


def test_what_decides_comes_first(home: Path, tmp_path: Path) -> None:
    """Doubtful words that a printed finding and a verdict rest on, before any other's."""
    # Which texts the blind tenth takes follows from the programme's salt.
    ordered(home, "update ops.programme set salt = 'a sample'")
    with warehouse.writing(home / "warehouse.duckdb") as connection:
        known = warehouse_reviewing.known(connection, settings.read(home))
    texts = known.texts
    # The tenth that is only ever coded blind has its own place on a sheet.
    is_open = (pl.col("language") == "en") & (pl.col("draw") >= sampling.RESERVED_BELOW)
    is_doubtful = pl.col("needs_review") | pl.col("is_held_back")
    deciding = texts.filter("is_printed", "is_verdict", is_doubtful, is_open)
    sheet = exported(home, tmp_path, Wanted(deciding.height))

    suggested = [row["text"] for row in filling.rows(sheet) if "-u" in row["row"]]

    assert (
        texts.select("is_printed", "is_verdict", "needs_review").null_count().sum_horizontal()[0]
        == 0
    )
    assert not texts["is_printed"].all()
    assert len(suggested) > 2
    # Shown texts are masked: compared by what no mask touches.
    plain = {text for text in suggested if "[" not in text}
    assert plain <= set(deciding["text"])


def test_a_persons_code_outranks_the_coder(home: Path, tmp_path: Path) -> None:
    """After a build the marts say what they said, and the verdict on the decision follows."""
    sheet = exported(home, tmp_path, Wanted(text_count=2_000))
    deciding = {text: (decision, reason) for text, decision, reason in asked(home, _DECIDING)}
    text = next(row["text"] for row in filling.rows(sheet) if row["text"] in deciding)
    decision, before = deciding[text]
    other = "budget" if before != "budget" else "support"

    taken = sent_back(home, sheet, lambda row: {"reasons": other if row["text"] == text else ""})
    steps.build(home, sample.NOW + timedelta(minutes=1))

    assert (taken.taken_count, taken.coded_count, taken.refusals) == (1, 1, ())
    ((after,),) = asked(
        home, f"select customer_reason from marts.decisions where decision_id = '{decision}'"
    )
    assert after == other
    assert before != other
    codes = asked(
        home,
        "select codes.reason, codes.coder, codes.confidence, verbatims.needs_review"
        " from marts.codes inner join marts.verbatims using (verbatim_key)"
        f" where verbatims.decision_id = '{decision}' and verbatims.asks = 'reason'",
    )
    assert codes == [(other, "human", 1.0, False)]


def test_the_same_again_adds_nothing(home: Path, tmp_path: Path) -> None:
    """And whoever types their name in other letters is the same person."""
    sheet = exported(home, tmp_path)
    first = coded(home, sheet, "support")
    rows = asked(home, "select * from raw.labels order by all")

    again = coded(home, sheet, "support", " ann")

    assert (first.taken_count, first.unchanged_count) == (40, 0)
    assert (again.taken_count, again.unchanged_count, again.reviewer) == (0, 40, "Ann")
    assert asked(home, "select * from raw.labels order by all") == rows


def test_a_corrected_sheet_replaces(home: Path, tmp_path: Path) -> None:
    """What they said first stays on record and counts no more, also where the clock jumped back."""
    sheet = exported(home, tmp_path)
    coded(home, sheet, "support; onboarding")

    later = sent_back(
        home, sheet, lambda _: {"reasons": "none"}, now=sample.NOW - timedelta(days=30)
    )
    steps.build(home, sample.NOW + timedelta(minutes=1))

    assert (later.taken_count, later.coded_count) == (40, 40)
    assert asked(home, "select count(*) from raw.labels") == [(120,)]
    assert asked(home, "select distinct reason from staging.labels") == [(None,)]
    assert asked(home, "select count(*) from marts.codes where coder = 'human'") == [(0,)]


def test_bad_rows_are_named_and_good_ones_taken(home: Path, tmp_path: Path) -> None:
    """Set aside with their row and why, without a customer's word."""
    sheet = exported(home, tmp_path)
    bad = iter(["suport", "none; support"])

    taken = sent_back(home, sheet, lambda _: {"reasons": next(bad, "none")})

    assert (taken.taken_count, len(taken.refusals)) == (38, 2)
    assert [one.line for one in taken.refusals] == [2, 3]
    assert "near it: support" in taken.refusals[0].what
    rejects = asked(
        home, "select reason, detail, at_line from ops.rejects where source = 'review' order by 3"
    )
    name = f"{sheet.stem}-filled.csv"
    assert rejects == [("unknown reason", name, 2), ("none and a reason", name, 3)]


def test_a_text_that_is_gone(home: Path, tmp_path: Path) -> None:
    """The row is refused with what to do; the others count."""
    sheet = exported(home, tmp_path)
    (first, *_) = filling.rows(sheet)
    ordered(home, f"delete from marts.verbatims where text = $${first['text']}$$")

    taken = coded(home, sheet, "none")

    assert taken.taken_count == 39
    ((line, what),) = [(one.line, one.what) for one in taken.refusals]
    assert line == 2
    assert "export a new sheet" in what


def test_a_sheet_of_another_programme(home: Path, tmp_path: Path) -> None:
    """Refused as a whole, and nothing is kept."""
    other = tmp_path / "other"
    shutil.copytree(home, other)
    ordered(other, "update ops.programme set salt = 'another'")
    sheet = exported(other, tmp_path)

    with pytest.raises(ReviewError, match="not made by this programme"):
        coded(home, sheet, "none")

    assert asked(home, "select count(*) from raw.labels") == [(0,)]


def test_a_second_person_and_a_dispute(home: Path, tmp_path: Path) -> None:
    """Coded twice, blind; where they differ it is listed with both, settled, and over."""
    first = exported(home, tmp_path / "first", Wanted(text_count=10))
    coded(home, first, "support")
    second = exported(home, tmp_path / "second", Wanted(way="second", reviewer="Ben"))
    reasons = iter(["none", "support; onboarding"])

    apart = sent_back(home, second, lambda _: {"reasons": next(reasons, "support")}, "Ben")
    disputed = exported(home, tmp_path / "disputed", Wanted(way="disputed"))
    shown = sorted(row["suggested"] for row in filling.rows(disputed))
    settled = coded(home, disputed, "none", "Cid")
    steps.build(home, sample.NOW + timedelta(minutes=1))

    assert {row["suggested"] for row in filling.rows(second)} == {""}
    assert (apart.taken_count, apart.disputed_count, apart.coded_count) == (10, 2, 10)
    assert shown == [
        "one person: none | another: support",
        "one person: support; onboarding | another: support",
    ]
    assert (settled.taken_count, settled.disputed_count) == (2, 0)
    assert asked(
        home,
        "select sample, reviewer, count(*) from staging.labels where is_standing and reason is null"
        " group by all",
    ) == [("disputed", "Cid", 2)]
    samples = asked(
        home,
        "select reviewer, sample, is_blind, count(distinct text_hash) from raw.labels"
        " group by all order by all",
    )
    assert samples == [
        ("Ann", "random", True, 1),
        ("Ann", "unsure", False, 9),
        ("Ben", "random", True, 1),
        ("Ben", "unsure", True, 9),
        ("Cid", "disputed", False, 2),
    ]
    with pytest.raises(ReviewError, match="No two people disagree"):
        exported(home, tmp_path, Wanted(way="disputed"))


def test_nobody_codes_their_own_twice(home: Path, tmp_path: Path) -> None:
    coded(home, exported(home, tmp_path), "support")

    with pytest.raises(ReviewError, match="nothing to code twice"):
        exported(home, tmp_path, Wanted(way="second", reviewer="Ann"))
    with pytest.raises(ReviewError, match="--reviewer"):
        exported(home, tmp_path, Wanted(way="second"))


def test_the_same_again_is_no_news_whatever_was_learned(home: Path, tmp_path: Path) -> None:
    """What a person left out is not on record, and another's later word stands."""
    sheet = exported(home, tmp_path)
    coded(home, sheet, "support")
    coded(home, sheet, "budget", "Ben")
    ordered(home, "update staging.codes set polarity = 'theirs_good', span_start = 0, span_end = 1")

    again = coded(home, sheet, "support")

    assert (again.taken_count, again.unchanged_count) == (0, 40)
    assert asked(home, "select distinct polarity, span_start, span_end from raw.labels") == [
        (None, None, None)
    ]


def test_before_the_first_build(tmp_path: Path) -> None:
    """One line that says what to do."""
    home = sample.write(tmp_path / "new", preset="small").home

    with pytest.raises(ReviewError, match="winloss run"):
        exported(home, tmp_path)
