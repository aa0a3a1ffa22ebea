"""The one shape into which every CRM export is read: columns, types and rules per entity."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

INSTANT: pl.DataType = pl.Datetime("us", "UTC")

REJECTS = pl.Schema(
    {
        "source": pl.String(),
        "entity": pl.String(),
        "record_id": pl.String(),
        "reason": pl.String(),
        "detail": pl.String(),
        "at_line": pl.Int64(),
    }
)
"""One row per CRM row, or single value, that was set aside; `at_line` counts from 1."""


@dataclass(frozen=True)
class Shape:
    """One entity: its columns in order, and what makes a row of it usable."""

    entity: str
    columns: pl.Schema
    required: tuple[str, ...]
    """Columns without which a row says nothing; a file without them is refused."""
    key: str = ""
    """The column that names a record; empty where a row is known by all it says."""
    within: tuple[str, ...] = ()
    """Columns that name a record only together with the key, as a day does a rate."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Column -> the only values it may hold."""
    past: str = ""
    """The column that tells of something done, and so cannot lie in the future."""
    statement: tuple[str, ...] = ()
    """Columns of which one at least must be filled for the row to state anything."""
    about: tuple[str, ...] = ()
    """Columns of which one at least must say what the row is about."""
    states: tuple[str, ...] = ()
    """Columns that hold what the decision's column named in `field` held; the last must be
    readable."""
    sieve: str = ""
    """The column by whose choices a row is ours to keep: a log tells of much else."""

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns that together name a record."""
        return (self.key, *self.within) if self.key else tuple(self.columns)

    @property
    def id_column(self) -> str:
        """The column whose value names a row in the rejects."""
        return self.key or self.required[0]


DECISIONS = Shape(
    entity="decisions",
    columns=pl.Schema(
        {
            "decision_id": pl.String(),
            "account_id": pl.String(),
            "decision_kind": pl.String(),
            "outcome": pl.String(),
            "product": pl.String(),
            "amount_usd": pl.Float64(),
            "amount": pl.Float64(),
            "currency": pl.String(),
            "competitor": pl.String(),
            "seller_id": pl.String(),
            "team": pl.String(),
            "stage": pl.String(),
            "opened_on": pl.Date(),
            "decided_on": pl.Date(),
        }
    ),
    required=("decision_id", "decision_kind", "decided_on"),
    key="decision_id",
    choices={
        "decision_kind": ("lost", "won", "cancelled", "renewed", "open"),
        "outcome": ("competitor", "no_decision", "in_house", "unknown"),
    },
    past="decided_on",
)

ACCOUNTS = Shape(
    entity="accounts",
    columns=pl.Schema(
        {
            "account_id": pl.String(),
            "account_name": pl.String(),
            "segment": pl.String(),
            "sector": pl.String(),
            "region": pl.String(),
            "customer_since_on": pl.Date(),
            "is_current": pl.Boolean(),
        }
    ),
    required=("account_id",),
    key="account_id",
)

RESPONDENTS = Shape(
    entity="respondents",
    columns=pl.Schema(
        {
            "respondent": pl.String(),
            "account_id": pl.String(),
            "respondent_name": pl.String(),
            "respondent_role": pl.String(),
        }
    ),
    required=("respondent",),
    key="respondent",
)

SELLERS = Shape(
    entity="sellers",
    columns=pl.Schema(
        {
            "seller_id": pl.String(),
            "seller_name": pl.String(),
            "team": pl.String(),
            "seller_email": pl.String(),
        }
    ),
    required=("seller_id",),
    key="seller_id",
)

SELLER_REASONS = Shape(
    entity="seller_reasons",
    columns=pl.Schema(
        {
            "decision_id": pl.String(),
            "seller_id": pl.String(),
            "seller_value": pl.String(),
            "seller_text": pl.String(),
            "confidence": pl.Float64(),
            "recorded_at": INSTANT,
        }
    ),
    required=("decision_id",),
    statement=("seller_value", "seller_text"),
)

CHECK_INS = Shape(
    entity="check_ins",
    columns=pl.Schema(
        {
            "check_in_id": pl.String(),
            "account_id": pl.String(),
            "held_on": pl.Date(),
            "channel": pl.String(),
        }
    ),
    required=("check_in_id", "account_id", "held_on"),
    key="check_in_id",
    past="held_on",
)

PROMISES = Shape(
    entity="promises",
    columns=pl.Schema(
        {
            "promise_id": pl.String(),
            "decision_id": pl.String(),
            "account_id": pl.String(),
            "promise_text": pl.String(),
            "promised_by": pl.String(),
            "promise_due_on": pl.Date(),
            "is_measurable": pl.Boolean(),
            "remedy": pl.String(),
            "our_verdict": pl.String(),
            "recorded_at": INSTANT,
        }
    ),
    required=("promise_id", "promise_text"),
    key="promise_id",
    choices={
        "promised_by": ("seller", "contract", "service", "management"),
        "our_verdict": ("kept", "late", "broken", "not_due"),
    },
    past="recorded_at",
    about=("decision_id", "account_id"),
)

INVITATIONS = Shape(
    entity="invitations",
    columns=pl.Schema(
        {
            "invitation_id": pl.String(),
            "form_kind": pl.String(),
            "decision_id": pl.String(),
            "account_id": pl.String(),
            "respondent": pl.String(),
            "block": pl.String(),
            "sent_at": INSTANT,
            "closes_at": INSTANT,
        }
    ),
    required=("invitation_id", "form_kind", "sent_at"),
    key="invitation_id",
    choices={
        "form_kind": ("lost_deal", "won_deal", "cancellation", "pulse", "seller", "staff"),
    },
    past="sent_at",
)

DECISION_CHANGES = Shape(
    entity="decision_changes",
    columns=pl.Schema(
        {
            "change_id": pl.String(),
            "decision_id": pl.String(),
            "field": pl.String(),
            "old_value": pl.String(),
            "new_value": pl.String(),
            "changed_at": INSTANT,
        }
    ),
    required=("change_id", "decision_id", "field", "changed_at"),
    key="change_id",
    choices={
        "field": (
            "stage",
            "decision_kind",
            "outcome",
            "amount",
            "competitor",
            "seller_id",
            "decided_on",
        )
    },
    past="changed_at",
    states=("old_value", "new_value"),
    sieve="field",
)

RATES = Shape(
    entity="rates",
    columns=pl.Schema(
        {
            "currency": pl.String(),
            "usd": pl.Float64(),
            "valid_from": pl.Date(),
        }
    ),
    required=("currency", "usd", "valid_from"),
    key="currency",
    within=("valid_from",),
)

SHAPES = (
    DECISIONS,
    ACCOUNTS,
    RESPONDENTS,
    SELLERS,
    SELLER_REASONS,
    CHECK_INS,
    PROMISES,
    INVITATIONS,
    DECISION_CHANGES,
    RATES,
)


def key_of(entity: str) -> str:
    """The column that identifies a record of `entity`."""
    return next(shape.id_column for shape in SHAPES if shape.entity == entity)
