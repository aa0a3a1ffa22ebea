"""The whole way on real input: real opportunities, real customers' words, human labels.

Run by `make real`. Serves the folder beside the project from the sandbox, runs the weekly flow
for the last week of 2017 and prints what came of it, then compares the reasons found in the
words with what human annotators said the same words are about. No text of the set was used to
write a term. Prints why it skips where the folder is absent.
"""

import csv
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from winloss import running, settings, warehouse
from winloss.typeform.sandbox import Sandbox

WEEK = "2017-W52"
NOW = datetime(2018, 1, 1, 6, tzinfo=UTC)

# What an annotator's aspect would be called in the codebook; aspects without a counterpart
# (general satisfaction, reviews) are left out on both sides.
PARENTS = {
    "online-experience.app-website": "product",
    "purchase-booking-experience.ease-of-use": "product",
    "account-management.account-access": "product",
    "staff-support.attitude-of-staff": "service",
    "staff-support.phone": "service",
    "staff-support.email": "service",
    "value.price-value-for-money": "price",
    "value.discounts-promotions": "price",
    "company-brand.competitor": "rival",
}

PROGRAMME = """\
company = "GTX"
time_zone = "UTC"

[[typeform.forms]]
id = "RealW0rd"
kind = "lost_deal"
signed = false
questions = {{ consent = "may_quote" }}

[crm.decisions]
path = "{folder}/opportunities.csv"
date_format = "%m/%d/%Y"
columns = {{ decision_id = "opportunity_id", account_id = "account", decision_kind = "deal_stage", amount_usd = "close_value", seller_id = "sales_agent", team = "regional_office", stage = "deal_stage", opened_on = "engage_date", decided_on = "close_date" }}
values.decision_kind = {{ Won = "won", Lost = "lost", Engaging = "open", Prospecting = "open" }}
values.product = {{ "GTXPro" = "GTX Pro" }}

[crm.accounts]
path = "{folder}/opportunities.csv"
one_row_per_record = false
columns = {{ account_id = "account", account_name = "account" }}
values.sector = {{ technolgy = "technology" }}

[crm.sellers]
path = "{folder}/opportunities.csv"
one_row_per_record = false
columns = {{ seller_id = "sales_agent", seller_name = "sales_agent", team = "regional_office" }}
"""

console = Console()


def main() -> None:
    """Run the flow, then print the figures and the comparison."""
    folder = Path(sys.argv[1]).resolve()
    home = Path(sys.argv[2])
    if not (folder / "opportunities.csv").is_file():
        print(f"skipped: {folder} is not there")
        return
    home.mkdir(parents=True, exist_ok=True)
    (home / settings.FILE).write_text(PROGRAMME.format(folder=folder.as_posix()))
    with Sandbox(folder, token="sandbox") as sandbox:
        settings.provide(
            typeform__base_url=sandbox.base_url,
            typeform__requests_per_second="1000",
            typeform_token="sandbox",
        )
        running.weekly(home, WEEK, NOW)
    with warehouse.reading(settings.read(home).warehouse) as connection:
        reader = warehouse.Reader(connection)
        show_counts(reader)
        show_agreement(found_parents(reader), labelled_parents(folder))


def show_counts(reader: warehouse.Reader) -> None:
    """How much went the whole way."""
    decisions, verbatims = reader.table("marts.decisions"), reader.table("marts.verbatims")
    opened = reader.table("staging.decisions").filter(decision_kind="open")
    table = Table(title="Real input, the whole way")
    table.add_column("what")
    table.add_column("count", justify="right")
    for what, count in [
        ("decisions", decisions.height),
        ("open opportunities, not yet decided", opened.height),
        ("responses", reader.table("marts.responses").height),
        ("verbatims", verbatims.height),
        ("verbatims with a reason", reader.table("marts.codes")["verbatim_key"].n_unique()),
        ("rejects", reader.table("ops.rejects").height),
    ]:
        table.add_row(what, f"{count:,}")
    for state, verdict, count in (
        decisions.filter(is_defection=True)
        .group_by("ask_state", "verdict")
        .len()
        .sort("len")
        .rows()
    ):
        table.add_row(f"defections: asked {state}, verdict {verdict}", f"{count:,}")
    console.print(table)


def found_parents(reader: warehouse.Reader) -> dict[str, set[str]]:
    """Response id -> the families of the reasons the coder found in its words."""
    found: dict[str, set[str]] = defaultdict(set)
    for response_id in reader.table("marts.verbatims")["response_id"]:
        found[response_id] = set()
    for response_id, parent in reader.table("marts.codes").select("response_id", "parent").rows():
        if parent in set(PARENTS.values()):
            found[response_id].add(parent)
    return found


def labelled_parents(folder: Path) -> dict[str, set[str]]:
    """Response id -> the same, as the annotators saw it."""
    labelled: dict[str, set[str]] = defaultdict(set)
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["aspect"] in PARENTS:
                labelled[row["response_id"]].add(PARENTS[row["aspect"]])
    return labelled


def show_agreement(found: dict[str, set[str]], labelled: dict[str, set[str]]) -> None:
    """Precision, recall and F1 per family and over all (micro)."""
    table = Table(title="Reasons found, against human labels")
    for heading in ("family", "labelled", "found", "precision", "recall", "F1"):
        table.add_column(heading, justify="left" if heading == "family" else "right")
    hits_all = found_all = labelled_all = 0
    for parent in sorted(set(PARENTS.values())):
        hits = sum(parent in found[key] and parent in labelled[key] for key in found)
        seen = sum(parent in found[key] for key in found)
        true = sum(parent in labelled[key] for key in found)
        table.add_row(parent, *scores(hits, seen, true))
        hits_all, found_all, labelled_all = hits_all + hits, found_all + seen, labelled_all + true
    table.add_row("all", *scores(hits_all, found_all, labelled_all))
    console.print(table)


def scores(hits: int, seen: int, true: int) -> tuple[str, ...]:
    """The row of one family."""
    precision, recall = hits / max(seen, 1), hits / max(true, 1)
    f1 = 2 * hits / max(seen + true, 1)
    return f"{true:,}", f"{seen:,}", f"{precision:.2f}", f"{recall:.2f}", f"{f1:.2f}"


if __name__ == "__main__":
    main()
