"""The smaller tables of the settings: asking, coding, report and mail."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from winloss.settings.strict import Strict


class AskingSettings(Strict):
    """When a decision should have been asked about, and when its survey closes."""

    due_days: Annotated[int, Field(ge=0)] = 14
    """A decision without an invitation so many days after it fell counts as never asked."""
    open_days: Annotated[int, Field(ge=1)] = 45
    """A survey closes so many days after its invitation when that does not say, or after the
    decision when no invitation is known."""


class CodingSettings(Strict):
    """How words become reasons."""

    codebook: Path | None = None
    """A codebook of your own (`reasons.csv`, its terms beside it); without it, the one we ship."""
    sentence_model: bool | None = None
    """Read with the local sentence model; left out, where the extra `semantic` is installed."""
    learner_decides_from: Annotated[int, Field(ge=50)] = 200
    """Texts coded by people from which on what was learned decides; below, it only adds."""


class ReportSettings(Strict):
    """Who reads, and over what time."""

    readers: tuple[str, ...] = ()
    teams: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Team -> who reads its own edition, beside the company's."""
    seller_cards: bool = False
    """Send each seller whose `seller_email` the CRM knows their own card, and nobody else's."""
    window_weeks: Annotated[int, Field(ge=4, le=104)] = 13
    full_report_url: str = ""
    """Where readers find the full edition; `{edition}` stands for its name. Empty: attached."""
    check_in_days: Annotated[int, Field(ge=1)] = 90
    print_unchecked_names: bool = False
    """Print a quote although it may hold a stranger's name that nobody has looked at."""
    alert_readers: tuple[str, ...] = ()
    """Who is mailed at once when a customer was talked down to or misled; empty: `readers`."""
    acquisition_cost_usd: Annotated[float, Field(gt=0)] | None = None
    """What winning one customer costs us; without it only the value lost is said."""


class MailSettings(Strict):
    """SMTP; without a host, mails are written to the outbox."""

    sender: str = "winloss@localhost"
    host: str = ""
    port: int = 587
    user: str = ""
    security: Literal["starttls", "tls", "none"] = "starttls"
    timeout_seconds: Annotated[float, Field(gt=0)] = 30
