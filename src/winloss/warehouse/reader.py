"""Reads for reports: the counts of `sql/reports`, and marts as frames."""

from datetime import date, datetime

import duckdb
import polars as pl

from winloss.quotes import Names
from winloss.settings import Settings
from winloss.warehouse import models
from winloss.warehouse.database import frame


class Reader:
    """Runs the reports' queries on one open warehouse."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, programme: Settings | None = None
    ) -> None:
        """Read from `connection`, which stays the caller's to close.

        `programme` says our own name, and whether a name nobody has looked at may be printed.
        """
        self._connection = connection
        self._programme = programme

    def report(self, name: str, **values: date | datetime | str | None) -> pl.DataFrame:
        """Run `sql/reports/<name>.sql`; `values` it has no parameter for are left aside."""
        text = models.sql(f"reports/{name}")
        return frame(self._connection, text, {key: values[key] for key in models.parameters(text)})

    def table(self, name: str) -> pl.DataFrame:
        """All of one relation, such as `marts.accounts`."""
        return frame(self._connection, f"from {name}")

    def names(self) -> Names:
        """Every name this programme has ever known: people and accounts to mask, rivals to keep.

        What a reviewer has called a person is masked too, what they have not may be printed.
        """
        said = self.table("staging.cleared_names").sort("word")
        former = frame(self._connection, models.sql("steps/former_names"))
        programme = self._programme
        return Names.of(
            people=[
                *self.table("staging.respondents")["respondent_name"],
                *self.table("staging.sellers")["seller_name"],
                *former.filter(name_kind="people")["name"],
                *said.filter("is_person")["word"],
            ],
            companies=[
                *self.table("staging.accounts")["account_name"],
                *former.filter(name_kind="companies")["name"],
            ],
            kept=[*self._rivals(), *([programme.company] if programme else ())],
            cleared=said.filter(~pl.col("is_person"))["word"],
            may_print_unchecked=programme is not None and programme.report.print_unchecked_names,
        )

    def _rivals(self) -> list[str]:
        """Our products, and the suppliers we compete with in any spelling."""
        decisions, spelled = self.table("marts.decisions"), self.table("seeds.competitors")
        columns = (decisions["product"], decisions["competitor"], *spelled.get_columns())
        return sorted({name for column in columns for name in column.drop_nulls()})
