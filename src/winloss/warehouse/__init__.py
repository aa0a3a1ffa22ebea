"""The DuckDB file: open, land, build, check, publish."""

from winloss.warehouse.alerts import open_alert, told, untold
from winloss.warehouse.build import Built, build
from winloss.warehouse.coding import Coder
from winloss.warehouse.database import in_memory, reading, writing
from winloss.warehouse.editions import (
    built_as_of,
    built_with,
    claim,
    find,
    keep,
    kept_hash,
    opened,
    record,
)
from winloss.warehouse.landing import Reject, land_definition, land_item, land_pages
from winloss.warehouse.lines import load_landing
from winloss.warehouse.load import (
    cursors,
    forget_cursors,
    frame_of,
    learned_at,
    load_records,
    load_rejects,
    move_cursors,
)
from winloss.warehouse.past import as_of
from winloss.warehouse.publish import publish
from winloss.warehouse.reader import Reader
from winloss.warehouse.recoding import recode
from winloss.warehouse.staging import Recipe

__all__ = [
    "Built",
    "Coder",
    "Reader",
    "Recipe",
    "Reject",
    "as_of",
    "build",
    "built_as_of",
    "built_with",
    "claim",
    "cursors",
    "find",
    "forget_cursors",
    "frame_of",
    "in_memory",
    "keep",
    "kept_hash",
    "land_definition",
    "land_item",
    "land_pages",
    "learned_at",
    "load_landing",
    "load_records",
    "load_rejects",
    "move_cursors",
    "open_alert",
    "opened",
    "publish",
    "reading",
    "recode",
    "record",
    "told",
    "untold",
    "writing",
]
