"""What an edition says of how the words were read: by whom, how well, and with which codebook."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from tests.reports.programme import Programme

from winloss import numbers, render, resources, warehouse
from winloss.reporting import Edition, Weekly
from winloss.settings import Settings

Make = Callable[..., Weekly]
LOW, HIGH = (8, 9, 14), (20, 1, 20)
TENTATIVE = "Tentative: our reading of this reason agrees with people's .41 of 1 (likely "
CHANGED = (
    "The codebook changed on 12 September. Both periods are read with the new one; one of two "
    "texts has another main reason than before."
)


def check(programme: Programme, reason: str, counts: tuple[int, int, int]) -> None:
    """People have read what the machine read, and agree so with it."""
    found = numbers.alpha(*counts)
    both, one, neither = counts
    programme.add(
        "staging.agreement",
        codebook_version="v1",
        pair="machine",
        reason=reason,
        text_count=found.text_count,
        both_count=both,
        one_count=one,
        neither_count=neither,
        alpha=found.value,
        alpha_low=found.low,
        alpha_high=found.high,
        is_tentative=found.is_tentative,
    )


@pytest.fixture
def checked(harbourline: Programme) -> Programme:
    """Two reasons were checked: help to start does badly, support well."""
    harbourline.add("staging.codings", text_hash="t", stance="against", codebook_version="v1")
    check(harbourline, "onboarding", LOW)
    check(harbourline, "support", HIGH)
    return harbourline


@pytest.fixture
def changed(harbourline: Programme) -> Programme:
    """Since September another codebook reads; of two texts one has another main reason with it."""
    left = datetime(2026, 9, 12, 6, tzinfo=UTC)
    for version, at, reasons in (
        ("v0", datetime(2026, 1, 5, tzinfo=UTC), ["price_level", "timing"]),
        ("v1", left, ["price_level", "onboarding"]),
    ):
        harbourline.add("ops.codebooks", codebook_version=version, taken_up_at=at, reasons=reasons)
    for text, then, now in (("t1", "timing", "onboarding"), ("t2", "price_level", "price_level")):
        key = {"text_hash": text, "stance": "against"}
        harbourline.add(
            "ops.past_codes",
            **key,
            reason=then,
            is_primary=True,
            codebook_version="v0",
            left_at=left,
        )
        harbourline.add("staging.codings", **key, codebook_version="v1")
        harbourline.add("staging.codes", **key, reason=now, is_primary=True, codebook_version="v1")
    return harbourline


def told(weekly: Weekly) -> tuple[str, str]:
    """The mail as text and as a reader sees its HTML, in single spaces."""
    rendered = render.weekly(weekly)
    return tuple(  # type: ignore[return-value]
        " ".join(said.split()) for said in (rendered.text, render.visible(rendered.html))
    )


def page(weekly: Weekly, edition: Edition, settings: Settings) -> str:
    """The full edition as a reader sees it."""
    full = resources.load("reports", "full").make(None, edition, settings, weekly)
    return " ".join(render.visible(render.full(full)).split())


def test_a_tentative_reason_says_so(
    checked: Programme, edition: Edition, connected: Settings, make: Make
) -> None:
    """At the finding and in the ranking, and nowhere else."""
    weekly = make(checked.reader(), edition, connected)

    for said in told(weekly):
        assert said.count(TENTATIVE) == 1
        assert said.index(TENTATIVE) > said.index("named help to start")
        assert render.words(said) <= render.MOST_WORDS
    whole = page(weekly, edition, connected)
    assert whole.count(TENTATIVE) == 2
    tentative = [row.label for row in weekly.sections.drivers.ranking if row.tentative]
    assert tentative == ["help to start"]


def test_what_nobody_checked_is_said_once(
    harbourline: Programme, edition: Edition, connected: Settings, make: Make
) -> None:
    """In the full edition, with what to do; a mail would drown in it."""
    weekly = make(harbourline.reader(), edition, connected)

    for said in told(weekly):
        assert "entative" not in said
        assert "codebook" not in said
    assert "Nobody has checked yet how well we read any of the" in page(weekly, edition, connected)


def test_the_agreement_is_published_with_its_query(
    checked: Programme, edition: Edition, connected: Settings, make: Make
) -> None:
    weekly = make(checked.reader(), edition, connected)

    whole = page(weekly, edition, connected)
    assert "How far people agree with our reading" in whole
    assert "47 % (8 of 17, likely 26 to 69 %) sql/reports/coverage_agreement.sql" in whole
    assert "31 texts: tentative" in whole


def test_a_trend_across_codebooks_is_marked(
    changed: Programme, edition: Edition, connected: Settings, make: Make
) -> None:
    """Beside the lead's rate, and with the reasons that came and went in the full edition."""
    weekly = make(changed.reader(), edition, connected)

    for said in told(weekly):
        assert said.count(CHANGED) == 1
        assert said.index(CHANGED) > said.index("Over 13 weeks")
    whole = page(weekly, edition, connected)
    assert CHANGED in whole
    assert "The codebook of 12 September added help to start and retired timing." in whole


@pytest.mark.parametrize(("days", "is_said"), [(159, True), (160, False)])
def test_a_codebook_of_long_ago_moves_no_trend(
    days: int,
    is_said: bool,  # noqa: FBT001 (a case)
    changed: Programme,
    edition: Edition,
    connected: Settings,
    make: Make,
) -> None:
    """The window before began on 6 April: what was taken up sooner reads both periods alike."""
    for row in (*changed.rows["ops.codebooks"], *changed.rows["ops.past_codes"]):
        name = "taken_up_at" if "taken_up_at" in row else "left_at"
        row[name] -= timedelta(days=days)

    weekly = make(changed.reader(), edition, connected)

    said = "The codebook changed on 6 April." if is_said else ""
    assert weekly.sections.drivers.codebook.startswith(said)
    assert bool(weekly.sections.drivers.codebook) is is_said


def test_an_unknown_name_is_told_of(
    harbourline: Programme, edition: Edition, connected: Settings, make: Make
) -> None:
    """In the full edition; not where words are only counted, nor where such names are printed."""
    for row in harbourline.rows["marts.verbatims"]:
        row["may_quote"] = "counted" if row["language"] != "en" else row["may_quote"]
    for key, may_quote in (("x", "unnamed"), ("y", "counted")):
        harbourline.decide(key, decided="2026-09-08")
        words = f"Nobody helped us, and Mr Quillfeather told us so in letter {key}."
        harbourline.answer(key, words, "support", may_quote=may_quote)
    said = "One answer this week may hold the name of somebody we do not know"

    weekly = make(harbourline.reader(), edition, connected)

    assert said in page(weekly, edition, connected)
    assert all("Quillfeather" not in each for each in told(weekly))
    bold = connected.report.model_copy(update={"print_unchecked_names": True})
    programme = connected.model_copy(update={"report": bold})
    printing = make(warehouse.Reader(harbourline.connection, programme), edition, programme)
    assert said not in page(printing, edition, connected)
