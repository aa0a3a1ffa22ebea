"""Why they left: the reasons customers gave, beside the ones we had logged."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.reporting import Drivers, Figure, Finding, Pair, Quote, RankedReason

WEEK_QUERY = "sql/reports/drivers_week.sql"
WINDOW_QUERY = "sql/reports/drivers.sql"
DISAGREEMENT_QUERY = "sql/reports/drivers_disagreement.sql"
NOTHING = "nothing"

Chooser = Callable[[Figure, str, tuple[Quote, ...], Quote | None], Quote | None]
"""Chooses a voice: (who named the reason, the reason, quotes printed already, beside which).

Without `beside` it is one of those who named the reason, with it one of the others.
"""


@dataclass(frozen=True)
class Counts:
    """The counts of `sql/reports/drivers*.sql`, one frame a file."""

    week: pl.DataFrame
    """One row per reason named in the week; `reason` null where none could be named."""
    logged: pl.DataFrame
    """One row per reason named in the week and reason logged for the same decisions."""
    window: pl.DataFrame
    """One row per reason over the window."""
    before: pl.DataFrame
    """The same over the window before."""
    disagreement: pl.DataFrame
    """One row per ticked and written reason that differ."""


def section(counts: Counts, choose: Chooser, *, most: int, has_logged: bool) -> Drivers:
    """The week's findings, most named first, and the ranking over the window.

    Where reasons are named equally often, one with a voice that may be quoted goes first.
    Below the lead a finding needs a voice: without one it stands in the ranking alone.
    `has_logged` says whether our side logs reasons at all.
    """
    heard = total(counts.week)
    ranked = counts.week.filter(pl.col("reason").is_not_null()).sort(
        "decision_count", "primary_count", "reason", descending=[True, True, False]
    )
    findings = _findings(_quotable_first(ranked, choose), counts, choose, most)
    if not has_logged:
        findings = [replace(each, ours=(), logged="") for each in findings]
    return Drivers(
        "drivers",
        "Why did they leave?",
        (),
        heard,
        _ranking(counts.window),
        _disagreements(counts.disagreement),
        findings=tuple(findings),
    )


def total(counts: pl.DataFrame) -> int:
    """How many decisions were heard in the period the counts are of; 0 for an empty frame."""
    return int(counts["heard_count"][0]) if counts.height else 0


def _quotable_first(ranked: pl.DataFrame, choose: Chooser) -> list[dict[str, Any]]:
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


def _findings(
    rows: list[dict[str, Any]], counts: Counts, choose: Chooser, most: int
) -> list[Finding]:
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


def _voices(row: dict[str, Any]) -> Figure:
    return _figure(row, str(row["label"] or row["reason"]), "decision_count", WEEK_QUERY)


def _finding(row: dict[str, Any], counts: Counts, quote: Quote | None, *, is_lead: bool) -> Finding:
    reason, label = str(row["reason"]), str(row["label"] or row["reason"])
    voices = _voices(row)
    ours = _ours(counts.logged, reason)
    who, claim = _claim(voices, label, is_lead=is_lead)
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
        call=numbers.call(_of(counts.window, reason), _of(counts.before, reason)),
    )


def _claim(voices: Figure, label: str, *, is_lead: bool) -> tuple[str, str]:
    """The sentence of a finding, in two parts; only the lead says of whom it speaks."""
    count, of = voices.count, voices.total
    told = f"who told us why this week named {label}" if is_lead else f"named {label}"
    if of < numbers.COUNT_ONLY_BELOW:
        return _few(count, of), f"{told}."
    likely = _likely(voices)
    if of < numbers.PERCENT_FROM:
        return f"{count} of the {of}", f"{told} ({likely})."
    share = f"{numbers.percent(count / of)} %"
    return share, f"{'of those ' if is_lead else ''}{told} ({count} of {of}, {likely})."


def _likely(figure: Figure) -> str:
    low, high = figure.low or 0.0, figure.high or 0.0
    return f"likely {numbers.percent(low)} to {numbers.percent(high)} %"


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


def _of(counts: pl.DataFrame, reason: str) -> tuple[int, int]:
    rows = counts.filter(pl.col("reason") == reason)
    return (int(rows["decision_count"][0]) if rows.height else 0), total(counts)


def _trend(window: pl.DataFrame, reason: str, label: str) -> Figure:
    rows = window.filter(pl.col("reason") == reason).to_dicts()
    if rows:
        return _figure(rows[0], label, "decision_count", WINDOW_QUERY)
    return numbers.figure(label, 0, total(window), WINDOW_QUERY)


def _figure(
    row: dict[str, Any], name: str, column: str, query: str, ids: str = "response_ids"
) -> Figure:
    return numbers.figure(name, row[column], row["heard_count"], query, tuple(row[ids] or ()))


def _ranking(window: pl.DataFrame) -> tuple[RankedReason, ...]:
    named = window.filter(pl.col("reason").is_not_null()).sort(
        "decision_count", "primary_count", "reason", descending=[True, True, False]
    )
    return tuple(
        RankedReason(
            str(row["label"] or row["reason"]),
            theirs=_figure(row, "their reason", "decision_count", WINDOW_QUERY),
            written=_figure(row, "wrote", "written_count", WINDOW_QUERY, "written_ids"),
            chosen=_figure(row, "ticked", "chosen_count", WINDOW_QUERY, "chosen_ids"),
            decisive=_figure(
                row, "would have changed it", "decisive_count", WINDOW_QUERY, "decisive_ids"
            ),
        )
        for row in named.to_dicts()
    )


def _disagreements(pairs: pl.DataFrame) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            row["chosen_label"],
            row["written_label"],
            numbers.figure(
                f"ticked {row['chosen_label']}, wrote {row['written_label']}",
                row["decision_count"],
                row["both_count"],
                DISAGREEMENT_QUERY,
                tuple(row["response_ids"]),
            ),
        )
        for row in pairs.to_dicts()
    )
