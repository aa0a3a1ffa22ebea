"""One page of responses: its bytes, and the little a walk through the pages must know of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from winloss.typeform.api.parsing import Unreadable, read_object

_MOST_TOLD = 10**9
_NAMES = ("token", "response_id", "landing_id")
_CLOCKS = ("submitted_at", "staged_at")


class _Item(msgspec.Struct):
    token: Any = None
    response_id: Any = None
    landing_id: Any = None
    submitted_at: Any = None
    staged_at: Any = None


class _Envelope(msgspec.Struct):
    items: list[_Item]
    total_items: Any = None


_DECODER = msgspec.json.Decoder(_Envelope)


@dataclass(frozen=True)
class Page:
    """A page as sent, and its items in order."""

    body: bytes
    names: tuple[str, ...]
    """What names each item, "" for one without a name."""
    total_count: int | None
    """How many responses match, as Typeform says; not to be trusted."""
    times: tuple[tuple[Any, ...], ...]

    @property
    def named(self) -> list[str]:
        """The names there are, in order."""
        return [name for name in self.names if name]

    def is_all_before(self, instant: datetime, clock: str) -> bool:
        """Whether every item lies before; one without a time says no."""
        return all(moment is not None and moment < instant for moment in self.moments(clock))

    def moments(self, clock: str) -> list[datetime | None]:
        """When each item was submitted or staged, as far as it says so."""
        place = _CLOCKS.index(clock)
        return [_moment(times[place]) for times in self.times]


def read_page(body: bytes) -> Page:
    """Read a page tolerantly; raises Unreadable when it is none."""
    try:
        found = _DECODER.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        found = _tolerant(body)
    return Page(
        body,
        tuple(map(_name, found.items)),
        _count(found.total_items),
        tuple((item.submitted_at, item.staged_at) for item in found.items),
    )


def _tolerant(body: bytes) -> _Envelope:
    found = read_object(body, needs="items")
    items = found["items"] if found["items"] is not None else []
    if not isinstance(items, list):
        raise Unreadable("items that are no list")
    return _Envelope([_item(each) for each in items], found.get("total_items"))


def _item(found: object) -> _Item:
    if not isinstance(found, dict):
        return _Item()
    return _Item(**{key: found.get(key) for key in (*_NAMES, *_CLOCKS)})


def _name(item: _Item) -> str:
    """What names a response: older items have no response_id, some no token."""
    names = (item.token, item.response_id, item.landing_id)
    return next((name for name in names if isinstance(name, str) and name), "")


def _count(said: object) -> int | None:
    """A number of responses that can be one; tolerant reading leaves numbers as text."""
    if isinstance(said, str) and len(said) < len(str(_MOST_TOLD)) and said.isdecimal():
        return int(said)
    is_count = isinstance(said, int) and not isinstance(said, bool) and 0 <= said < _MOST_TOLD
    return said if isinstance(said, int) and is_count else None


def _moment(said: object) -> datetime | None:
    if not isinstance(said, str) or said.startswith("0001-"):
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
