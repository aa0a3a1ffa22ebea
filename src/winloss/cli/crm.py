"""What our own systems hold, before a run believes it."""

from pathlib import Path

import typer

from winloss.cli.options import Home, Instant, instant
from winloss.errors import SettingsError

commands = typer.Typer(
    name="crm",
    help="What our own systems say: decisions, accounts and so on, from files or a CRM.",
    no_args_is_help=True,
)

_CHECK = """Read every source under `[crm]` of winloss.toml as a run would, and land nothing.

Needs no Typeform and writes nothing: change winloss.toml, check, and change it again until what
you see is what you mean. A CRM is read whole, which may take minutes; its key comes from the
environment, such as WINLOSS_HUBSPOT_TOKEN.

Of each entity it says:

- **rows read**, and how many would land
- **set aside**, by reason, with the first place to look at. `unreadable`: no number or day as
  `decimal` and `date_format` say. `unknown`: a word that `values` does not translate. `missing`:
  empty. A row without a column it needs does not land; any other lands without that value
- **empty in every row**: columns that nothing fills; check their titles under `columns`
- **the first** three rows as they would land. Ids, kinds, days and amounts are shown, of other
  text only that it is there; a dash is an empty value

Amounts that no rate makes dollars are counted at the end: add the rate to `[crm.rates]`.

It ends with exit code 1 where a source, or every row of it, cannot be used: a run would stop
there, or know nothing of it. docs/decisions.md holds every column and setting.
"""


@commands.callback()
def _group() -> None:
    """Keep `check` a word of its own, also while it is the only command."""


@commands.command(help=_CHECK)
def check(home: Home = Path(), now: Instant = None) -> None:
    """Read every source as a run would, and say what would land."""
    from winloss import crm, running, settings
    from winloss.cli import told

    programme = settings.read(home)
    if not programme.crm.sources:
        raise SettingsError(
            f"{home / settings.FILE} names no source under [crm]. Set crm.decisions.path to an "
            "export of your decisions; docs/decisions.md says what it holds."
        )
    at = instant(now)
    with running.progress("reading what our own systems say"):
        found = [*crm.checked(programme, now=at)]
    if not told.sources(found, at.astimezone(programme.zone).date()):
        raise typer.Exit(1)
