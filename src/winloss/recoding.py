"""Codes what is not coded with the present codebook and models, and shows how far it is."""

import logging
from datetime import datetime
from pathlib import Path

from winloss import pace, recipes, settings, steps, warehouse

log = logging.getLogger("winloss")


def recode(home: Path, now: datetime, *, is_all: bool) -> int:
    """Code ahead what the next build needs; returns how many texts were coded.

    Cut off, it goes on where it was when it is run again. `is_all` codes everything anew.
    Raises WarehouseBusy while another process writes.
    """
    programme = settings.read(home)
    steps.check_keys(programme)
    recipe = recipes.recipe(programme)
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        log.info("reading what is to be coded")
        return warehouse.recode(connection, recipe, as_of=now, is_all=is_all, progress=pace.told())
