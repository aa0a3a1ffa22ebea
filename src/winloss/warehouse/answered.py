"""Reads which answers landed lately, before Typeform itself shows them.

Typeform's own list of responses is up to half an hour late; a webhook's line is here at once.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from winloss import files
from winloss.errors import WarehouseError

LATELY_SECONDS = 2 * 60 * 60
"""What landed earlier Typeform shows by itself, as long as it was not deleted there."""


def lately(folder: Path, form_id: str) -> Iterator[dict[str, Any]]:
    """The answers to a form in the landing files written in the last two hours.

    Each as Typeform words it, with the `field` it answers. The database is not opened.
    Raises WarehouseError when a file cannot be read.
    """
    earliest = time.time() - LATELY_SECONDS
    for path in sorted((folder / files.safe_name(form_id)).glob("*.ndjson")):
        try:
            if path.stat().st_mtime < earliest:
                continue
            lines = path.read_bytes().splitlines()
        except OSError as error:
            raise WarehouseError(
                f"{path} cannot be read: {error.strerror}. It may hold answers; allow it, then "
                "try again."
            ) from error
        for line in lines:
            yield from _answers(line)


def _answers(line: bytes) -> Iterator[dict[str, Any]]:
    # Whole numbers may have more digits than Python takes; here only their place matters.
    try:
        read = json.loads(line, parse_int=str)
    except ValueError:
        return  # the next load sets it aside and says so
    item = read.get("item") if isinstance(read, dict) else None
    answers = item.get("answers") if isinstance(item, dict) else None
    for answer in answers if isinstance(answers, list) else []:
        if isinstance(answer, dict):
            yield answer
