"""The sample company Harbourline: invented, seeded, the same bytes every time.

`write` makes a whole programme's folder: winloss.toml, the CRM's exports, and what Typeform
would hold. Everything in it is drawn from the data files beside this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from winloss.errors import SettingsError

Preset = Literal["full", "small"]

NOW = datetime(2026, 10, 5, 4, tzinfo=UTC)
"""Monday 6:00 in Berlin: the instant at which the sample's mail is made."""
WEEK = "2026-W40"
"""The last whole week before `NOW`."""
SIGNING_KEY = "harbourline-sample-signing-key"
TOKEN = "sandbox"  # noqa: S105 (the loopback Typeform's, no secret)

FORM_IDS: Mapping[str, str] = MappingProxyType(
    {
        "lost_deal": "hbLost26",
        "won_deal": "hbWon026",
        "cancellation": "hbCanc26",
        "pulse": "hbPulse6",
        "seller": "hbSell26",
        "staff": "hbStaff6",
    }
)
"""Form kind -> form id, as the sample's winloss.toml has them."""

_REPORTED_FROM = date(2026, 9, 28)
_CALM_FROM = date(2026, 9, 14)


@dataclass(frozen=True)
class Sample:
    """Where a sample lies, and how much of it there is."""

    home: Path
    """Holds winloss.toml."""
    typeform: Path
    """What the sandbox serves."""
    decision_count: int
    """Decisions and open opportunities, without the rows that are wrong on purpose."""
    response_count: int
    """Items in Typeform, finished or not."""


def write(folder: Path, *, preset: Preset = "full") -> Sample:
    """Write the programme's folder of a preset, over whatever it held under the same names.

    Raises SettingsError when the folder cannot be written.
    """
    try:
        return _write(folder, preset)
    except OSError as error:
        raise SettingsError(
            f"The sample cannot be written to {folder} ({error.strerror}). "
            "Name a folder that is new, or one you may write to."
        ) from error


def _write(folder: Path, preset: Preset) -> Sample:
    from winloss.sample import export, items, promises
    from winloss.sample.asking import Calendar
    from winloss.sample.making import made as making

    made = making(preset, FORM_IDS, Calendar(NOW, _REPORTED_FROM, _CALM_FROM))
    crm, typeform = folder / "crm", folder / "typeform"
    folder.mkdir(parents=True, exist_ok=True)
    template = Path(__file__).parent / "programme.toml"
    (folder / "winloss.toml").write_bytes(template.read_bytes())
    export.opportunities(crm / "opportunities.csv", made.decisions, made.opinions, NOW.date())
    export.people(crm, made.company)
    export.contacts_made(crm, made.check_ins, made.invitations)
    logged = promises.promises(made.decisions, made.replies, NOW)
    export.promised(crm / "promises.csv", logged)
    items.write(typeform, made.replies, FORM_IDS, SIGNING_KEY.encode())
    return Sample(folder, typeform, len(made.decisions), len(made.replies))
