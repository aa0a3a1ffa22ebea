"""The same decisions, exported by another system in another country, are the same decisions."""

import csv
import io
import shutil
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from winloss import crm, settings, warehouse
from winloss.settings import Settings
from winloss.warehouse import models
from winloss.warehouse.staging import stage

EXPORT = Path("crm") / "opportunities.csv"
EUROS_FROM = "2020-01-01"


def european(text: str) -> str:
    """The sample's export as a German sheet writes it: in euros, with a comma, days as in ISO."""
    rows = list(csv.DictReader(io.StringIO(text)))
    out = io.StringIO()
    writer = csv.DictWriter(out, [*rows[0], "", " "], delimiter=";", lineterminator="\r\n")
    out.write("sep=;\r\n")
    writer.writeheader()
    for at, row in enumerate(rows):
        amount = row["Amount (USD)"].replace(",", "")
        written = f"{float(amount) / 1.25:,.2f}" if amount else ""
        row["Amount (USD)"] = written.translate({ord(","): ".", ord("."): ","})
        if at % 2:
            day, month, year = row["Created Date"].split(".")
            row["Created Date"] = f"{year}-{month}-{day}"
        row["Opportunity ID"] = f'="{row["Opportunity ID"]}"'
        writer.writerow(row)
    return out.getvalue()


def programme(home: Path, change: dict[str, Any]) -> Settings:
    """The sample's settings, with some of its decisions' own changed, and only those read."""
    values = tomllib.loads((home / settings.FILE).read_text(encoding="utf-8"))
    decisions = {**values["crm"]["decisions"], **change}
    if change:
        decisions["columns"] = dict(decisions["columns"])
        decisions["columns"]["amount"] = decisions["columns"].pop("amount_usd")
    rates = {"rates": {"path": "crm/rates.csv"}} if change else {}
    zone = values["time_zone"]
    return Settings.model_validate(
        {"company": "Harbourline", "home": home, "time_zone": zone}
        | {"crm": {"decisions": decisions, **rates}}
    )


def staged(
    connection: duckdb.DuckDBPyConnection,
    recipe: warehouse.Recipe,
    said: crm.CrmRead,
    now: datetime,
) -> pl.DataFrame:
    """The decisions as staging has them, but for how their amounts were told."""
    connection.execute("delete from raw.decisions")
    for entity, frame in said.frames.items():
        key = crm.key_of(entity)
        warehouse.load_records(connection, entity, frame, key=key, now=now)
    models.seed(connection, recipe.seeds)
    stage(connection, recipe, now, is_full=False)
    query = "select * exclude (amount, currency) from staging.decisions order by decision_id"
    found: pl.DataFrame = connection.sql(query).pl()
    return found


def test_the_european_way(
    sample_home: Path,
    tmp_path: Path,
    connection: duckdb.DuckDBPyConnection,
    recipe: warehouse.Recipe,
    now: datetime,
) -> None:
    """UTF-16, semicolons, commas, two date formats, euros: the same rows, the same set aside."""
    home = shutil.copytree(sample_home, tmp_path / "home")
    ours = crm.read(programme(home, {}), now=now)
    text = (home / EXPORT).read_text(encoding="utf-8-sig")
    (home / EXPORT).write_bytes(european(text).encode("utf-16"))
    (home / "crm" / "rates.csv").write_text(f"currency,usd,valid_from\nEUR,1.25,{EUROS_FROM}\n")

    theirs = crm.read(
        programme(
            home,
            {
                "encoding": "utf-16",
                "decimal": ",",
                "date_format": ["%d.%m.%Y", "%Y-%m-%d"],
                "constants": {"currency": "EUR"},
            },
        ),
        now=now,
    )

    told = pl.struct("record_id", "reason", "at_line")
    below = ours.rejects.with_columns(pl.col("at_line") + 1)
    assert theirs.rejects.select(told).equals(below.select(told))
    assert theirs.caveats == ours.caveats
    before = staged(connection, recipe, ours, now)
    after = staged(connection, recipe, theirs, now)
    assert before["amount_usd"].is_not_null().sum() > 1000
    assert after.equals(before)
