"""Which CRMs the settings name, and what they say."""

from collections.abc import Callable, Iterator
from typing import Any

from winloss.crm import hubspot, salesforce
from winloss.crm.told import Told
from winloss.settings import Settings

_READERS: dict[str, Callable[[Settings, Any], dict[str, Told]]] = {
    "hubspot": hubspot.read,
    "salesforce": salesforce.read,
}


def told(programme: Settings) -> Iterator[tuple[str, Told]]:
    """Every entity a CRM fills, as text under our names.

    Raises CrmError for a CRM that cannot be used, and CrmUnreachable where no answer came.
    """
    for name, read in _READERS.items():
        connector = getattr(programme.crm, name)
        if connector is not None:
            yield from read(programme, connector).items()
