"""Reads JSON as it comes over a wire: quickly where it is sound, tolerantly where it is not."""

import json
import re
from typing import Any

_MOST_NESTED = 100
_MARKS = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)


class Unreadable(Exception):  # noqa: N818 (not an error yet: it may pass)
    """What a body lacks to be an answer; another try may bring it."""


def as_utf8(body: bytes) -> bytes:
    """The same text as UTF-8 without a mark: a byte order mark or UTF-16 is undone."""
    encoding = json.detect_encoding(body)
    if encoding == "utf-8":
        return body
    return body.decode(encoding, "replace").encode("utf-8", "replace")


def tolerant(body: bytes) -> Any:  # noqa: ANN401 (JSON is anything)
    """Read JSON that a strict reader refuses, only to find our way through it.

    Numbers stay text: one of five thousand digits would be refused. What nests deeper than
    can be read is null. Raises ValueError when it is no JSON.
    """
    text = body.decode("utf-8-sig", "replace")
    try:
        return _loaded(text)
    except RecursionError:
        return _loaded(_without_depths(text))


def _loaded(text: str) -> Any:  # noqa: ANN401 (JSON is anything)
    return json.loads(text, strict=False, parse_int=str)


def _without_depths(text: str) -> str:
    """The same JSON with null for whatever nests too deep, found without recursion."""
    pieces, depth, done_to = [], 0, 0
    for mark in _MARKS.finditer(text):
        if mark[0] in ("[", "{"):
            depth += 1
            if depth == _MOST_NESTED + 1:
                pieces += [text[done_to : mark.start()], "null"]
        elif mark[0] in ("]", "}"):
            if depth == _MOST_NESTED + 1:
                done_to = mark.end()
            depth -= 1
    return "".join([*pieces, text[done_to:]])


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
