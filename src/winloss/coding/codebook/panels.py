"""Which reasons our report looks for by their code.

Everything else is counted by whatever codes there are; these parts stay empty, or say less, with
a codebook that lacks them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """A part of the report that reads reasons by name."""

    query: str
    reasons: tuple[str, ...]
    without: str
    """What happens to the part when the codebook has none of them, or not all."""


PANELS = (
    Panel(
        "sql/reports/ladder_price.sql",
        ("price",),
        "nobody counts as having named price, so what being defended is worth stays empty",
    ),
    Panel(
        "sql/reports/respect_avoidable.sql",
        ("involuntary", "project_ended", "priority_change", "champion_left", "budget"),
        "such cancellations count as ones we could have answered",
    ),
)
