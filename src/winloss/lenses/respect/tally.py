"""How many said what, over the window or, where few were asked, since the beginning."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from winloss import numbers
from winloss.reporting import Figure

QUERY = "sql/reports/respect.sql"


@dataclass(frozen=True)
class Tally:
    """The rows of `sql/reports/respect.sql` by question and answer."""

    rows: Mapping[tuple[str, str | None], dict[str, Any]]
    is_thin: bool
    """True where the blocks' questions count since the beginning."""

    @property
    def heard(self) -> int:
        """Customers who answered anything, counted once a question and answer."""
        given = [row for (_, answer), row in self.rows.items() if answer not in (None, "left_open")]
        return sum(int(row["ever_count"]) for row in given)

    def count(self, ref: str, answer: str | None = None, span: str = "") -> int:
        """Customers who gave this answer, or were shown the question at all."""
        row = self.rows.get((ref, answer))
        return int(row[f"{span or self._span(ref)}_count"]) if row else 0

    def figure(self, ref: str, answer: str) -> Figure:
        """Those who gave this answer, of those who were shown the question."""
        row = self.rows.get((ref, answer), {})
        ids = "ever_ids" if self._span(ref) == "ever" else "response_ids"
        return numbers.figure(
            f"{ref} {answer}",
            self.count(ref, answer),
            self.count(ref),
            QUERY,
            tuple(row.get(ids) or ()),
        )

    def _span(self, ref: str) -> str:
        return "ever" if self.is_thin and ref != "felt_respected" else "voter"
