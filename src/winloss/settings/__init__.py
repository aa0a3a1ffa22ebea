"""Every setting of a programme: `winloss.toml`, and secrets from the environment.

`winloss.toml` lies in the programme's folder and holds everything but secrets. Secrets are
read from WINLOSS_TYPEFORM_TOKEN, WINLOSS_SIGNING_KEY, WINLOSS_WEBHOOK_SECRET,
WINLOSS_SMTP_PASSWORD and the keys of a CRM (`SECRETS` names all of them); any other setting may
be overridden the same way (WINLOSS_TYPEFORM__BASE_URL and so on).
This is the only module that reads the environment.
"""

import os
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from winloss.errors import SettingsError
from winloss.settings.connectors import ConnectorSettings, HubSpotSettings, SalesforceSettings
from winloss.settings.crm import CrmFile, CrmSettings
from winloss.settings.sections import AskingSettings, CodingSettings, MailSettings, ReportSettings
from winloss.settings.strict import in_our_words
from winloss.settings.typeform import FormKind, FormSettings, ReceiverSettings, TypeformSettings

__all__ = [
    "FILE",
    "SECRETS",
    "AskingSettings",
    "CodingSettings",
    "ConnectorSettings",
    "CrmFile",
    "CrmSettings",
    "FormKind",
    "FormSettings",
    "HubSpotSettings",
    "MailSettings",
    "ReceiverSettings",
    "ReportSettings",
    "SalesforceSettings",
    "Settings",
    "TypeformSettings",
    "prepare_prefect",
    "provide",
    "read",
    "unset_secrets",
]

FILE = "winloss.toml"


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
    hubspot_token: SecretStr = SecretStr("")
    salesforce_token: SecretStr = SecretStr("")
    salesforce_client_id: SecretStr = SecretStr("")
    salesforce_client_secret: SecretStr = SecretStr("")

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
        # Some editors of Windows put a byte-order mark before the first line.
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return Settings(**{**values, "home": home.resolve()})
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"{path}: {_place(first['loc'])}: {in_our_words(first)}.") from error
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


SECRETS = (
    "typeform_token",
    "signing_key",
    "webhook_secret",
    "smtp_password",
    "hubspot_token",
    "salesforce_token",
    "salesforce_client_id",
    "salesforce_client_secret",
)


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
