"""What is kept of an edition: its findings and the quotes it printed, as rows."""

import polars as pl

from winloss.reporting import Finding, Weekly

PLACE_ROW: dict[str, pl.DataType] = {
    **dict.fromkeys(("form_id", "response_id", "question_ref"), pl.String()),
    **dict.fromkeys(("span_start", "span_end"), pl.Int64()),
}
FINDING_ROW: dict[str, pl.DataType] = {
    "lens": pl.String(),
    "position": pl.Int32(),
    **dict.fromkeys(("reason", "claim"), pl.String()),
    **dict.fromkeys(("figure_count", "figure_total"), pl.Int64()),
    **dict.fromkeys(("low", "high"), pl.Float64()),
    "row_ids": pl.List(pl.String()),
    **PLACE_ROW,
    **dict.fromkeys(("quote", "attribution"), pl.String()),
}


def finding_rows(weekly: Weekly | None) -> pl.DataFrame:
    """One row per finding as printed: `ops.findings` from lens to attribution; none of a card."""
    findings = weekly.findings if weekly else ()
    rows = [_finding_row(place, each) for place, each in enumerate(findings, 1)]
    return pl.DataFrame(rows, schema=FINDING_ROW)


def printed_rows(weekly: Weekly | None) -> pl.DataFrame:
    """One row per quote as printed: `ops.printed_quotes`, form_id to span_end; none of a card."""
    quotes = weekly.quotes if weekly else ()
    rows = [{name: getattr(quote, name) for name in PLACE_ROW} for quote in quotes]
    return pl.DataFrame(rows, schema=PLACE_ROW)


def _finding_row(position: int, finding: Finding) -> dict[str, object]:
    voices, quote = finding.voices, finding.quote
    return {
        "lens": finding.lens,
        "position": position,
        "reason": finding.reason,
        "claim": f"{finding.who} {finding.claim}",
        "figure_count": voices.count,
        "figure_total": voices.total,
        "low": voices.low,
        "high": voices.high,
        "row_ids": list(voices.row_ids),
        **{name: quote and getattr(quote, name) for name in PLACE_ROW},
        "quote": quote and quote.text,
        "attribution": quote and quote.attribution,
    }
