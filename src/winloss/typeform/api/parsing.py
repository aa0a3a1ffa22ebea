"""Reads JSON as it comes over a wire: quickly where it is sound, tolerantly where it is not."""

import json
from typing import Any

from winloss.errors import TypeformError


class Unreadable(Exception):  # noqa: N818 (not an error yet: it may pass)
    """What a body lacks to be an answer; another try may bring it."""


def plain(body: bytes) -> bytes:
    """The same text as UTF-8 without a mark: a byte order mark or UTF-16 is undone."""
    encoding = json.detect_encoding(body)
    if encoding == "utf-8":
        return body
    return body.decode(encoding, "replace").encode("utf-8", "replace")


def tolerant(body: bytes) -> Any:  # noqa: ANN401 (JSON is anything)
    """Read JSON that a strict reader refuses, only to find our way through it.

    Numbers stay text: one of five thousand digits would be refused. Raises ValueError when
    it is no JSON, and TypeformError when it nests deeper than can be read.
    """
    try:
        return json.loads(body.decode("utf-8-sig", "replace"), strict=False, parse_int=str)
    except RecursionError as error:
        raise TypeformError(
            "Typeform sent JSON nested too deeply to be read. Look at the newest responses of "
            "the form, and delete the one no person can have written."
        ) from error


def read_object(body: bytes, needs: str = "") -> dict[str, Any]:
    """A JSON object that has the key `needs`; raises Unreadable otherwise."""
    if not body.strip():
        raise Unreadable("an empty answer")
    try:
        found = tolerant(body)
    except ValueError as error:
        raise Unreadable("an answer that is not JSON") from error
    if not isinstance(found, dict) or (needs and needs not in found):
        raise Unreadable(f"JSON without {needs}" if needs else "JSON that is no object")
    return found
