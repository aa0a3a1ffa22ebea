"""Every setting of a programme: `winloss.toml`, and secrets from the environment.

`winloss.toml` lies in the programme's folder and holds everything but secrets. Secrets are
read from WINLOSS_TYPEFORM_TOKEN, WINLOSS_SIGNING_KEY, WINLOSS_WEBHOOK_SECRET and
WINLOSS_SMTP_PASSWORD; any other setting may be overridden the same way
(WINLOSS_TYPEFORM__BASE_URL and so on).
This is the only module that reads the environment.
"""

import os
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from winloss.errors import SettingsError

FormKind = Literal["lost_deal", "won_deal", "cancellation", "pulse", "seller", "staff"]

FILE = "winloss.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FormSettings(_Strict):
    """One Typeform form: what kind it is, and how its questions map to ours."""

    id: str
    kind: FormKind
    signed: bool = True
    """Leave out of every figure a response without a valid `sig` (needs the signing key)."""
    questions: dict[str, str] = {}
    """A customer's own question ref -> our canonical ref."""
    choices: dict[str, dict[str, str]] = {}
    """Our question ref -> their choice ref or label -> our choice ref."""


class TypeformSettings(_Strict):
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


class ReceiverSettings(_Strict):
    """How `winloss serve` takes responses as they are given."""

    url: str = ""
    """Where Typeform reaches it; set, `winloss forms push` registers it with every form."""
    most_megabytes: Annotated[float, Field(gt=0)] = 32
    """The largest body taken; what is larger comes with the next pull."""
    patience_seconds: Annotated[float, Field(gt=0)] = 20
    """How long a body may take to arrive; Typeform itself gives up after 30."""


class CrmFile(_Strict):
    """One CSV export and how its columns become ours."""

    path: Path
    columns: dict[str, str] = {}
    """Our column -> their column header; a column not named here keeps its own name."""
    values: dict[str, dict[str, str]] = {}
    """Our column -> their value -> our value (`decision_kind`, `outcome`, and so on)."""
    constants: dict[str, str] = {}
    """Our column -> a value for every row."""
    date_format: str = "%Y-%m-%d"
    encoding: str = "utf-8-sig"
    separator: str = ","
    one_row_per_record: bool = True
    """False when a record stands on many rows (accounts inside an opportunity export)."""


class CrmSettings(_Strict):
    """Where our own systems' exports lie."""

    decisions: CrmFile | None = None
    accounts: CrmFile | None = None
    respondents: CrmFile | None = None
    sellers: CrmFile | None = None
    seller_reasons: CrmFile | None = None
    check_ins: CrmFile | None = None
    promises: CrmFile | None = None
    invitations: CrmFile | None = None


class AskingSettings(_Strict):
    """When a decision should have been asked about, and when its survey closes."""

    due_days: Annotated[int, Field(ge=0)] = 14
    """A decision without an invitation so many days after it fell counts as never asked."""
    open_days: Annotated[int, Field(ge=1)] = 45
    """A survey closes so many days after its invitation when that does not say, or after the
    decision when no invitation is known."""


class CodingSettings(_Strict):
    """How words become reasons."""

    codebook: Path | None = None
    """A codebook of your own (`reasons.csv`, its terms beside it); without it, the one we ship."""
    sentence_model: bool | None = None
    """Read with the local sentence model; left out, where the extra `semantic` is installed."""
    learner_decides_from: Annotated[int, Field(ge=50)] = 200
    """Texts coded by people from which on what was learned decides; below, it only adds."""


class ReportSettings(_Strict):
    """Who reads, and over what time."""

    readers: tuple[str, ...] = ()
    teams: dict[str, tuple[str, ...]] = {}
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


class MailSettings(_Strict):
    """SMTP; without a host, mails are written to the outbox."""

    sender: str = "winloss@localhost"
    host: str = ""
    port: int = 587
    user: str = ""
    security: Literal["starttls", "tls", "none"] = "starttls"
    timeout_seconds: Annotated[float, Field(gt=0)] = 30


class Settings(BaseSettings):
    """Everything a run needs to know."""

    model_config = SettingsConfigDict(
        env_prefix="WINLOSS_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    company: str
    time_zone: str = "UTC"
    home: Path = Path()
    """The programme's folder; relative paths of the settings start here."""
    typeform: TypeformSettings = TypeformSettings()
    receiver: ReceiverSettings = ReceiverSettings()
    crm: CrmSettings = CrmSettings()
    asking: AskingSettings = AskingSettings()
    coding: CodingSettings = CodingSettings()
    report: ReportSettings = ReportSettings()
    mail: MailSettings = MailSettings()
    typeform_token: SecretStr = SecretStr("")
    signing_key: SecretStr = SecretStr("")
    webhook_secret: SecretStr = SecretStr("")
    smtp_password: SecretStr = SecretStr("")

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{value!r} is not a time zone such as Europe/Berlin") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The programme's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def warehouse(self) -> Path:
        """The private work file."""
        return self.home / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """The analysts' read-only copy."""
        return self.home / "published" / "winloss.duckdb"

    @property
    def landing(self) -> Path:
        """Immutable lines as received."""
        return self.home / "landing"

    @property
    def pulls(self) -> Path:
        """Pages as Typeform sent them, compressed."""
        return self.home / "pulls"

    @property
    def editions(self) -> Path:
        """Every edition as made."""
        return self.home / "editions"

    @property
    def outbox(self) -> Path:
        """Mails written instead of sent."""
        return self.home / "outbox"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (the signature is pydantic's)
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment outranks the file that `read` names."""
        return env_settings, init_settings


def read(home: Path) -> Settings:
    """The settings of the programme in `home`.

    Raises SettingsError naming the file and the first setting that is wrong.
    """
    path = home / FILE
    if not path.is_file():
        to_do = "go to the programme's folder, name it with --home, or make one: winloss sample DIR"
        raise SettingsError(f"There is no {FILE} in {home.resolve()}; {to_do}.")
    try:
        values: dict[str, Any] = TomlConfigSettingsSource(Settings, toml_file=path)()
        return Settings(**{**values, "home": home.resolve()})
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"{path}: {_place(first['loc'])}: {first['msg']}.") from error
    except ValueError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.") from error


_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"
)  # fmt: skip


def _place(parts: tuple[int | str, ...]) -> str:
    """Where a setting stands, as people count, such as `typeform.forms, the fourth: kind`."""
    said, joint = "", ""
    for part in parts:
        if isinstance(part, int):
            said += f", the {_ORDINALS[part]}" if part < len(_ORDINALS) else f", number {part + 1}"
        else:
            said += f"{joint}{part}"
        joint = ": " if isinstance(part, int) else "."
    return said


SECRETS = ("typeform_token", "signing_key", "webhook_secret", "smtp_password")


def unset_secrets() -> tuple[str, ...]:
    """The secrets the environment does not hold, to be provided from elsewhere."""
    return tuple(name for name in SECRETS if not os.environ.get(f"WINLOSS_{name.upper()}"))


def provide(**values: str) -> None:
    """Set settings of this process as if the environment named them (`typeform_token=…`)."""
    for name, value in values.items():
        os.environ[f"WINLOSS_{name.upper()}"] = value


def prepare_prefect(home: Path) -> None:
    """Set Prefect up for a run with no server to set up and no calls home.

    Must be called before Prefect is imported; what the environment already says stays.
    """
    defaults = {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_HOME": str(home.resolve() / ".prefect"),
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
