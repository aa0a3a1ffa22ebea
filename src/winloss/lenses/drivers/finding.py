"""The week's findings: a customer's sentence, how many meant it, what we had logged."""

from dataclasses import replace

import polars as pl

from winloss import numbers, wording
from winloss.lenses.drivers.counts import (
    WINDOW_QUERY,
    Chooser,
    Counts,
    Row,
    figure_of,
    named,
    strata,
    total,
)
from winloss.reporting import FEWEST_LISTED, Figure, Finding, Quote

WEEK_QUERY = "sql/reports/drivers_week.sql"
NOTHING = "nothing"


def findings(
    counts: Counts, choose: Chooser, *, most: int, has_logged: bool
) -> tuple[Finding, ...]:
    """At most so many, most named first; below the lead each has a voice.

    `has_logged` says whether our side logs reasons at all.
    """
    ranked = counts.week.filter(pl.col("reason").is_not_null()).sort(
        "decision_count", "primary_count", "reason", descending=[True, True, False]
    )
    found = _findings(_quotable_first(ranked, choose), counts, choose, most)
    if not has_logged:
        found = [replace(each, ours=(), logged="") for each in found]
    return tuple(found)


def _quotable_first(ranked: pl.DataFrame, choose: Chooser) -> list[Row]:
    rows = ranked.to_dicts()
    return sorted(
        rows,
        key=lambda row: (
            -row["decision_count"],
            choose(_voices(row), row["reason"], (), None) is None,
            -row["primary_count"],
            row["reason"],
        ),
    )


def _findings(rows: list[Row], counts: Counts, choose: Chooser, most: int) -> list[Finding]:
    """Each with its own voice; other views come last, so that none takes a finding's voice."""
    findings: list[Finding] = []
    used: tuple[Quote, ...] = ()
    for row in rows:
        quote = choose(_voices(row), str(row["reason"]), used, None)
        if findings and quote is None:
            continue
        used = (*used, quote) if quote else used
        findings.append(_finding(row, counts, quote, is_lead=not findings))
        if len(findings) == most:
            break
    return _with_other_views(findings, used, choose)


def _with_other_views(
    findings: list[Finding], used: tuple[Quote, ...], choose: Chooser
) -> list[Finding]:
    """Beside each finding somebody who saw it otherwise, beside the lead above all.

    Where nobody else is left, a last finding of a single voice becomes the lead's other view.
    """
    viewed: list[Finding] = []
    for finding in findings:
        beside = finding.quote
        other = choose(finding.voices, finding.reason, used, beside) if beside else None
        used = (*used, other) if other else used
        viewed.append(replace(finding, contrary=other))
    last = viewed[-1] if len(viewed) > 1 else None
    if last and last.quote and last.voices.count == 1 and viewed[0].contrary is None:
        return [replace(viewed[0], contrary=last.quote), *viewed[1:-1]]
    return viewed


def _voices(row: Row) -> Figure:
    return figure_of(row, str(row["label"] or row["reason"]), "decision_count", WEEK_QUERY)


def _finding(row: Row, counts: Counts, quote: Quote | None, *, is_lead: bool) -> Finding:
    reason, label = str(row["reason"]), str(row["label"] or row["reason"])
    voices = _voices(row)
    ours = _ours(counts.logged, reason)
    if quote and not quote.is_named and _tells_one(voices, ours):
        ours = ()
    who, claim = _claim(voices, label, counts.period, is_lead=is_lead)
    return Finding(
        reason=reason,
        label=label,
        quote=quote,
        voices=voices,
        who=who,
        claim=claim,
        ours=ours,
        logged=_logged(voices.count, label, ours, is_lead=is_lead),
        contrary=None,
        trend=_trend(counts.window, reason, label),
        call=numbers.call(
            named(counts.window, reason), named(counts.before, reason), strata(counts, reason)
        ),
    )


def _claim(voices: Figure, label: str, period: str, *, is_lead: bool) -> tuple[str, str]:
    """The sentence of a finding, in two parts; only the lead says of whom it speaks."""
    count, of = voices.count, voices.total
    told = f"who told us why {period} named {label}" if is_lead else f"named {label}"
    if of < numbers.COUNT_ONLY_BELOW:
        return _few(count, of), f"{told}."
    likely = numbers.likely_said(voices.low or 0.0, voices.high or 0.0)
    if of < numbers.PERCENT_FROM:
        return f"{count} of the {of}", f"{told} ({likely})."
    share = wording.sentence(numbers.percent_said(count / of))
    return share, f"{'of those ' if is_lead else ''}{told} ({count} of {of}, {likely})."


def _few(count: int, of: int) -> str:
    if of == 1:
        return "The only one"
    if count == of:
        return "Both" if of == 2 else f"All {of}"  # noqa: PLR2004 (two are both)
    return f"{count} of the {of}"


def _ours(logged: pl.DataFrame, reason: str) -> tuple[tuple[str, int], ...]:
    rows = logged.filter(pl.col("reason") == reason).sort(
        pl.col("seller_reason").is_null(),
        -pl.col("decision_count").cast(pl.Int64),
        "seller_reason",
    )
    return tuple(
        (str(row["seller_label"] or NOTHING), int(row["decision_count"])) for row in rows.to_dicts()
    )


def _tells_one(voices: Figure, ours: tuple[tuple[str, int], ...]) -> bool:
    """True where what we had logged of all of them is what we had logged of the one who speaks."""
    is_same = len(ours) == 1 and ours[0][1] < FEWEST_LISTED
    return voices.count == 1 or is_same


def _logged(count: int, label: str, ours: tuple[tuple[str, int], ...], *, is_lead: bool) -> str:
    """Our side of it: `For the same three we had logged price twice and nothing once.`."""
    if not ours:
        return ""
    same = "the same decision" if count == 1 else f"the same {wording.number(count)}"
    same = same if is_lead else ("this one" if count == 1 else "these")
    if len(ours) == 1:
        too = " too" if ours[0][0] == label else ""
        return f"For {same} we had logged {ours[0][0]}{too}."
    parts = [f"{logged} {wording.times(times)}" for logged, times in ours]
    if {times for _, times in ours} == {1}:
        parts = [logged for logged, _ in ours]
        return f"For {same} we had logged {wording.listed(parts, most=4)}, once each."
    return f"For {same} we had logged {wording.listed(parts, most=3)}."


def _trend(window: pl.DataFrame, reason: str, label: str) -> Figure:
    rows = window.filter(pl.col("reason") == reason).to_dicts()
    if rows:
        return figure_of(rows[0], label, "decision_count", WINDOW_QUERY)
    return numbers.figure(label, 0, total(window), WINDOW_QUERY)
