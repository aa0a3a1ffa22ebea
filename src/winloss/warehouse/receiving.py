"""Lands what is delivered one at a time, so that it may be acknowledged."""

from datetime import datetime
from pathlib import Path

from winloss import files
from winloss.warehouse.landing import land_item


def receive(
    folder: Path, item: bytes, *, form_id: str, form_kind: str, received_at: datetime
) -> Path:
    """Land a webhook's response; once this returns, not even a power cut takes it away.

    The same response again writes nothing, at once from several threads or processes too.
    Raises ValueError where the item is no JSON object, OSError where it cannot be written.
    """
    path = land_item(
        folder,
        item,
        form_id=form_id,
        form_kind=form_kind,
        source="webhook",
        received_at=received_at,
    )
    # A file is there for good only when its name is, and its folder's name in the one above.
    for parent in (path.parent, folder):
        files.flush(parent)
    return path
