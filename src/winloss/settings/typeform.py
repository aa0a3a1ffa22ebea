"""The settings of Typeform: how to reach it, which forms, and the receiver of webhooks."""

from typing import Annotated, Literal

from pydantic import Field

from winloss.settings.strict import Strict

FormKind = Literal["lost_deal", "won_deal", "cancellation", "pulse", "seller", "staff"]


class FormSettings(Strict):
    """One Typeform form: what kind it is, and how its questions map to ours."""

    id: str
    kind: FormKind
    signed: bool = True
    """Leave out of every figure a response without a valid `sig` (needs the signing key)."""
    questions: dict[str, str] = Field(default_factory=dict)
    """A customer's own question ref -> our canonical ref."""
    choices: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Our question ref -> their choice ref or label -> our choice ref."""


class TypeformSettings(Strict):
    """How to reach Typeform."""

    base_url: str = "https://api.typeform.com"
    forms: tuple[FormSettings, ...] = ()
    page_size: Annotated[int, Field(ge=1, le=1000)] = 1000
    overlap_hours: Annotated[float, Field(ge=1)] = 48
    """How far each pull looks back behind the last one; Typeform's own lag is 30 minutes."""
    requests_per_second: Annotated[float, Field(gt=0)] = 2
    """Of the whole account: all forms read at once share it."""
    forms_at_once: Annotated[int, Field(ge=1, le=16)] = 4
    timeout_seconds: Annotated[float, Field(gt=0)] = 30
    retries: Annotated[int, Field(ge=0, le=10)] = 5
    backoff_seconds: Annotated[float, Field(ge=0)] = 1


class ReceiverSettings(Strict):
    """How `winloss serve` takes responses as they are given."""

    url: str = ""
    """Where Typeform reaches it; set, `winloss forms push` registers it with every form."""
    most_megabytes: Annotated[float, Field(gt=0)] = 32
    """The largest body taken; what is larger comes with the next pull."""
    patience_seconds: Annotated[float, Field(gt=0)] = 20
    """How long a body may take to arrive; Typeform itself gives up after 30."""
