"""Reads for reports: the counts of `sql/reports`, and marts as frames."""

from datetime import date, datetime

import duckdb
import polars as pl

from winloss.quotes import Names
from winloss.warehouse import models
from winloss.warehouse.database import frame


class Reader:
    """Runs the reports' queries on one open warehouse."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read from `connection`, which stays the caller's to close."""
        self._connection = connection

    def report(self, name: str, **values: date | datetime | str | None) -> pl.DataFrame:
        """Run `sql/reports/<name>.sql`; `values` it has no parameter for are left aside."""
        text = models.sql(f"reports/{name}")
        return frame(self._connection, text, {key: values[key] for key in models.parameters(text)})

    def table(self, name: str) -> pl.DataFrame:
        """All of one relation, such as `marts.accounts`."""
        return frame(self._connection, f"from {name}")

    def names(self) -> Names:
        """Every name this programme knows: people and accounts to mask, rivals to keep."""
        decisions = self.table("marts.decisions")
        return Names.of(
            people=[
                *self.table("staging.respondents")["respondent_name"],
                *self.table("staging.sellers")["seller_name"],
            ],
            companies=self.table("staging.accounts")["account_name"],
            kept=[*decisions["product"].unique(), *decisions["competitor"].unique()],
        )
