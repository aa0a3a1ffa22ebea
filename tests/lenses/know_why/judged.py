"""Given counts, and words beside them, for the judgement of `know_why`."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import duckdb
from tests.lenses.harness import PERIOD

from winloss.quotes import Names, Voices
from winloss.reporting import KnowWhy, Panel
from winloss.warehouse import Reader

SAID = datetime(2026, 9, 2, 9, tzinfo=UTC)
READS = {
    "verdicts": "know_why",
    **{
        name: f"know_why_{name}"
        for name in ("card", "confusion", "believed", "calls", "moments", "goals", "about")
    },
}
Judge = Callable[..., KnowWhy]


class Words:
    """What customers wrote, and what of it may be printed."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def write(
        self, response_id: str, text: str, may_quote: str = "unnamed", ref: str = "what_happened"
    ) -> None:
        """One answer in words, to an open question of a lost deal."""
        about = {
            "response_key": f"form/{response_id}",
            "form_id": "form",
            "response_id": response_id,
            "form_kind": "lost_deal",
            "account_id": f"account-{response_id}",
            "respondent": f"person-{response_id}",
            "may_see": may_quote == "named",
            "may_quote": may_quote,
            "submitted_at": SAID,
            "fetched_at": SAID,
        }
        put(self.connection, "marts.responses", **about, call_me=False)
        put(
            self.connection,
            "marts.verbatims",
            **about,
            verbatim_key=f"{response_id}-{ref}",
            question_ref=ref,
            text=text,
        )
        put(
            self.connection,
            "staging.respondents",
            respondent=f"person-{response_id}",
            respondent_name="Ada Quill",
        )

    def voices(self) -> Voices:
        """The voices of an edition in which nobody has spoken yet."""
        reader = Reader(self.connection)
        return Voices(
            reader.report("voices", **PERIOD),
            reader.report("voices_codes", **PERIOD),
            Names.of(people=[], companies=[]),
        )


def put(connection: duckdb.DuckDBPyConnection, relation: str, **row: Any) -> None:
    """One row more; what is not named is null."""
    marks = ", ".join("?" * len(row))
    connection.execute(
        f"insert into {relation} ({', '.join(row)}) values ({marks})", list(row.values())
    )


def panel(section: KnowWhy, name: str) -> Panel | None:
    """The panel of that name; None where there is none."""
    return next((each for each in section.panels if each.name == name), None)


def told(section: KnowWhy, name: str) -> list[tuple[str, ...]]:
    """Its rows as printed."""
    found = panel(section, name)
    assert found is not None
    return [(row.label, *(cell.said for cell in row.cells)) for row in found.rows]


def defection(kind: str, state: str, **said: Any) -> dict[str, Any]:
    """One row of the card; what they said is absent where it may not be seen."""
    return {
        "decision_kind": kind,
        "ask_state": state,
        "may_see": False,
        "is_disputed": False,
        "response_ids": [],
        **said,
    }


CARD = [
    defection(
        "lost",
        "answered",
        may_see=True,
        seller_label="price",
        label="help to start",
        verdict="wrong",
        written_labels=["help to start"],
        chosen_labels=["price"],
        decisive_labels=["help to start", "support"],
        named_ids=["a"],
        response_ids=["a"],
    ),
    defection("lost", "closed_silent", seller_label="timing"),
    defection("cancelled", "answered", response_ids=["b"]),
    defection("cancelled", "answered", may_see=True, label="support"),
    defection("cancelled", "answered", may_see=True, seller_label="price"),
]
