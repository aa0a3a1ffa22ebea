"""What stands beside a finding: another view, the trend, the tick, what stands out."""

from tests.lenses.drivers.counts import PAIRS, by_segment, counts, find, frame, judge, quote

from winloss import numbers


def test_a_single_voice_becomes_the_other_view() -> None:
    """With nobody else left, one who saw it otherwise stands beside the lead."""
    findings = find(counts(("start", 3), ("price", 1), heard=4))

    assert len(findings) == 1
    assert findings[0].contrary == quote("price-0")


def trend(now: dict[str, tuple[int, int]], before: dict[str, tuple[int, int]]) -> str:
    """What is said of the change of price between two windows of these segments."""
    whole = [
        counts(
            ("price", sum(count for count, _ in period.values())),
            heard=sum(heard for _, heard in period.values()),
        )
        for period in (now, before)
    ]
    findings = find(
        counts(("price", 1), heard=1),
        window=whole[0],
        before=whole[1],
        splits=by_segment("price", **now),
        splits_before=by_segment("price", **before),
    )
    return findings[0].call


def test_a_trend_is_called_only_outside_the_limits() -> None:
    """Eleven of 31 after nine of 30 is no change; 29 of 31 is one."""
    assert trend({"port": (11, 31)}, {"port": (9, 30)}) == "No change we can call."
    assert trend({"port": (29, 31)}, {"port": (9, 30)}).startswith("More than chance allows")


def test_a_mix_shift_is_not_a_change() -> None:
    """More of those who always name price are heard; in no segment is it named more."""
    now = {"small": (36, 40), "large": (1, 10)}
    before = {"small": (9, 10), "large": (4, 40)}

    assert numbers.call((37, 50), (13, 50)).startswith("More than chance allows")
    assert trend(now, before) == numbers.MIX


def test_ticked_price_wrote_start() -> None:
    """The tick and the words stay apart, side by side."""
    pairs = frame(PAIRS, ("price", "start", "price", "help to start", 5, 9, ["a", "b"]))

    section = judge(counts(heard=0), window=counts(("price", 2), heard=3), disagreement=pairs)

    assert (section.disagreements[0].first, section.disagreements[0].second) == (
        "price",
        "help to start",
    )
    assert section.ranking[0].chosen.count == 0
    assert section.ranking[0].theirs.query == "sql/reports/drivers.sql"


def test_a_share_under_one_percent_is_not_none() -> None:
    """One of 400 is not 0 %."""
    finding = find(counts(("price", 1), heard=400))[0]

    assert finding.who == "Under 1 %"


def test_many_reasons_looked_at_are_named() -> None:
    """One reason in fourteen that stands out a little does not stand once all are allowed for."""
    names = [f"reason-{n}" for n in range(14)]
    window = counts(*[(name, 12 if name == names[0] else 4) for name in names], heard=40)
    before = counts(*[(name, 4) for name in names], heard=40)

    section = judge(counts(heard=0), window=window, before=before)

    (said,) = section.lines
    assert said == (
        "14 reasons were compared with the 13 weeks before, among like segments. "
        "Of 14 comparisons, none stand once all 14 are allowed for."
    )
    assert "changes" not in {panel.name for panel in section.panels}


def test_a_change_that_stands_is_shown() -> None:
    """Two in forty became thirty."""
    section = judge(
        counts(heard=0),
        window=counts(("price", 30), ("support", 3), heard=40),
        before=counts(("price", 2), ("support", 3), heard=40),
        splits=by_segment("price", port=(30, 40)),
        splits_before=by_segment("price", port=(2, 40)),
    )

    assert [row.label for panel in section.panels[:1] for row in panel.rows] == ["price"]
