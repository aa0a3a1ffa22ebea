"""Reads one response's JSON as it came, mending what strict readers refuse.

The text that comes out is compact JSON with sorted keys, so that the same response has the same
bytes however it was laid out, and the work file can read it whatever it holds.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

NOT_AN_OBJECT = "not an object"
UNREADABLE = "unreadable item"

# The work file refuses JSON nested deeper than 128; a landing line adds one level.
MOST_NESTED = 100

# The list of items is the second thing opened, inside the page itself.
_OF_ITEMS = 2

_MARKS = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{},]', re.DOTALL)
_ESCAPES = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def _digits(number: str) -> msgspec.Raw:
    return msgspec.Raw(number.encode())


_DECODER = msgspec.json.Decoder(float_hook=_digits)
_ENCODER = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True)
class Item:
    """One response as it will land, with what was odd about it."""

    text: bytes
    """The item's JSON; empty where it cannot land."""
    oddities: tuple[str, ...] = ()


class _Page(msgspec.Struct):
    items: list[msgspec.Raw]


def items(page: bytes) -> Iterator[Item]:
    """Every item on a page, each read for itself.

    Raises ValueError when the page as a whole is no JSON object with a list of items.
    """
    page = page.removeprefix(b"\xef\xbb\xbf")
    try:
        found = [bytes(raw) for raw in msgspec.json.decode(page, type=_Page).items]
    except (msgspec.MsgspecError, ValueError, RecursionError):
        found = _listed(page)
    return (read(raw) for raw in found)


def read(raw: bytes) -> Item:
    """One item, strictly where that loses nothing."""
    try:
        found = _DECODER.decode(raw)
        text = _ENCODER.encode(found)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _mended(raw)
    # Numbers are as written, so the text can only be shorter: where a key is said twice, where a
    # letter is spelled another way, or where there was space, as what Typeform sends has none.
    is_whole = len(text) == len(raw) or len(text) == len(msgspec.json.format(raw, indent=-1))
    if not is_whole or _may_be_deep(text):
        return _mended(raw)
    return _item(found, text, ())


def _item(found: object, text: bytes, oddities: tuple[str, ...]) -> Item:
    return Item(text, oddities) if isinstance(found, dict) else Item(b"", (NOT_AN_OBJECT,))


def _mended(raw: bytes) -> Item:
    """An item as tolerantly read as possible; of a key said twice the last value counts."""
    decoded = raw.decode("utf-8", errors="replace")
    text = _ESCAPES.sub(lambda escape: "\\ufffd" if escape["lone"] else escape[0], decoded)
    shallow = _shallow(text.encode())
    repeated = []

    def keep_last(pairs: list[tuple[str, object]]) -> dict[str, object]:
        whole = dict(pairs)
        if len(whole) != len(pairs):
            repeated.append(True)
        return whole

    try:
        # Numbers keep their digits; NaN and its like, which JSON does not have, become text.
        found = json.loads(
            shallow,
            strict=False,
            object_pairs_hook=keep_last,
            parse_int=_as_written,
            parse_float=_as_written,
            parse_constant=str,
        )
    except ValueError:
        return Item(b"", (UNREADABLE,))
    oddities = {
        "broken encoding": decoded.encode() != raw,
        "lone surrogate": text != decoded,
        "nested too deep": shallow != text.encode(),
        "duplicate key": bool(repeated),
    }
    odd = tuple(name for name, is_so in oddities.items() if is_so)
    return _item(found, msgspec.json.encode(found, order="sorted"), odd)


def _as_written(number: str) -> msgspec.Raw | str:
    """A number with every digit; as text where it is longer than Python reads."""
    is_readable = len(number) <= sys.int_info.default_max_str_digits
    return msgspec.Raw(number.encode()) if is_readable else number


def _may_be_deep(text: bytes) -> bool:
    return text.count(b"[") + text.count(b"{") > MOST_NESTED and _shallow(text) != text


def _shallow(text: bytes) -> bytes:
    """The same JSON with whatever is nested too deep as text, found without recursion."""
    pieces, depth, deep_from, done_to = [], 0, 0, 0
    for mark in _MARKS.finditer(text):
        if mark[0] in (b"[", b"{"):
            depth += 1
            deep_from = mark.start() if depth == MOST_NESTED + 1 else deep_from
        elif mark[0] in (b"]", b"}"):
            if depth == MOST_NESTED + 1:
                deep = text[deep_from : mark.end()].decode()
                pieces += [text[done_to:deep_from], json.dumps(deep).encode()]
                done_to = mark.end()
            depth -= 1
    return b"".join([*pieces, text[done_to:]])


def _listed(page: bytes) -> list[bytes]:
    """The text of each item of a page that strict readers refuse, found without recursion."""
    found: list[bytes] | None = None
    depth, start, is_listed, name = 0, 0, False, b""
    for mark in _MARKS.finditer(page):
        if mark[0] in (b"[", b"{"):
            depth += 1
            if depth == _OF_ITEMS and mark[0] == b"[" and name == b'"items"':
                found, start, is_listed = [], mark.end(), True
        elif mark[0] in (b"]", b"}") or (mark[0] == b"," and depth == _OF_ITEMS):
            if is_listed and depth == _OF_ITEMS and found is not None:
                found.append(page[start : mark.start()])
                start, is_listed = mark.end(), mark[0] == b","
            depth -= mark[0] != b","
        elif depth == 1:
            name = mark[0]
    if found is None or depth != 0 or not page.lstrip().startswith(b"{"):
        raise ValueError("no list of items")
    return [item for item in found if item.strip()]
