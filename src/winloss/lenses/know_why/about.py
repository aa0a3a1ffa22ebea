"""Whom our conversations were mostly about."""

from typing import Any

import polars as pl

from winloss import numbers
from winloss.quotes import Voices
from winloss.reporting import Cell, Panel, Row

QUERY = "sql/reports/know_why_about.sql"
THIN = "Asked of few so far: counts since the beginning."
OUTCOMES = {"won": "chose us", "lost": "chose someone else or nobody", "cancelled": "cancelled"}


def panel(counts: pl.DataFrame, voices: Voices) -> Panel | None:
    """Mostly about us, mostly about them, and the mean, by outcome; None where nobody was asked."""
    window = counts.filter("is_window")
    is_thin = int(window["answered_count"].sum()) < numbers.PERCENT_FROM
    rows = {
        row["decision_kind"]: row
        for row in (counts.filter(~pl.col("is_window")) if is_thin else window).to_dicts()
    }
    if not any(row["answered_count"] for row in rows.values()):
        return None
    return Panel(
        "about",
        "All about us, or about them?",
        tuple(_row(label, rows[kind], voices) for kind, label in OUTCOMES.items() if kind in rows),
        ("those who", "mostly about us", "mostly about them", "mean, 1 us to 5 them"),
        THIN if is_thin else "",
    )


def _row(label: str, row: dict[str, Any], voices: Voices) -> Row:
    answered = row["answered_count"]
    us, them = (
        numbers.figure(
            label, row[f"{what}_count"], answered, QUERY, tuple(row[f"{what}_ids"] or ())
        )
        for what in ("about_us", "about_them")
    )
    left_open = row["shown_count"] - answered
    mean = f"{row['mean']:.1f}" if answered >= numbers.COUNT_ONLY_BELOW else "too few to say"
    return Row(
        label,
        (
            Cell(numbers.spoken(us), us),
            Cell(numbers.spoken(them), them),
            Cell(f"{mean}; {left_open} left it open" if left_open else mean),
        ),
        voices.choose(("about_words",), row["response_ids"] or (), beside=(us, them)),
    )
