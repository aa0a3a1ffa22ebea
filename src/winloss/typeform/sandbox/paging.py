"""Pages of responses: chosen and sorted once a window, so that a page costs its own size."""

import json
import math
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from winloss.typeform.sandbox.items import Stored, answers_to, words
from winloss.typeform.sandbox.query import Query, filtered_by
from winloss.typeform.sandbox.store import Store

_MOST_WINDOWS = 64
Place = tuple[datetime, str]


@dataclass(frozen=True)
class _Window:
    """Everything that matches, oldest first, whatever the cursor."""

    change_count: int
    places: list[Place]
    matching: list[Stored]


class Pages:
    """The pages of one account; windows asked for lately are kept sorted."""

    def __init__(self, store: Store) -> None:
        """Nothing is sorted before somebody asks."""
        self._store = store
        self._kept: OrderedDict[tuple[object, ...], _Window] = OrderedDict()

    def page(
        self, form_id: str, asked: Query, *, shown_until: datetime | None, told_total: int | None
    ) -> str:
        """One page as text. Counts are those of the whole match; pages, of what remains.

        What came after `shown_until` is not there yet; `told_total` is said instead of the
        count that is true.
        """
        window = self._window(form_id, asked, shown_until)
        shown, remaining_count = self._slice(form_id, asked, window)
        total = len(window.matching) if told_total is None else told_total
        pages = math.ceil(remaining_count / asked.page_size)
        items = ",".join(_text(each, asked.fields) for each in shown)
        return f'{{"total_items":{total},"page_count":{pages},"items":[{items}]}}'

    def _window(self, form_id: str, asked: Query, shown_until: datetime | None) -> _Window:
        plain = replace(
            asked, before="", after="", page_size=1, is_ascending=False, fields=frozenset()
        )
        key = (form_id, plain, shown_until)
        kept = self._kept.get(key)
        if kept is None or kept.change_count != self._store.change_count():
            kept = self._kept[key] = self._sorted(form_id, asked, shown_until)
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST_WINDOWS:
            self._kept.popitem(last=False)
        return kept

    def _sorted(self, form_id: str, asked: Query, shown_until: datetime | None) -> _Window:
        change_count = self._store.change_count()
        matching = [
            each
            for each in self._store.responses(form_id)
            if _matches(each, asked) and (shown_until is None or each.stood_at() <= shown_until)
        ]
        matching.sort(key=lambda each: _place(each, asked))
        return _Window(change_count, [_place(each, asked) for each in matching], matching)

    def _slice(self, form_id: str, asked: Query, window: _Window) -> tuple[list[Stored], int]:
        """What to show, and how many remain with it.

        Newest first, but oldest first when sorted so or after a cursor. A cursor nobody
        knows is ignored, which gives page one again: so does Typeform.
        """
        found, size = window.matching, asked.page_size
        after = self._store.response(form_id, asked.after) if asked.after else None
        before = self._store.response(form_id, asked.before) if asked.before else None
        if after:
            low = bisect_right(window.places, _place(after, asked))
            return found[low : low + size], len(found) - low
        if before:
            high = bisect_left(window.places, _place(before, asked))
            return found[max(high - size, 0) : high][::-1], high
        return found[:size] if asked.is_ascending else found[: -size - 1 : -1], len(found)


def _place(each: Stored, asked: Query) -> Place:
    return each.at(asked.clock), each.token


def _matches(each: Stored, asked: Query) -> bool:
    return (
        each.type in asked.types
        and _is_within(each, asked)
        and (not asked.included or each.token in asked.included)
        and each.token not in asked.excluded
        and (not asked.answered or not asked.answered.isdisjoint(each.answered))
        and (not asked.text or asked.text in words(each.item))
    )


def _is_within(each: Stored, asked: Query) -> bool:
    at = each.at(filtered_by(asked.types))
    return (not asked.since or asked.since <= at) and (not asked.until or at <= asked.until)


def _text(each: Stored, fields: frozenset[str]) -> str:
    if not fields:
        return each.text
    item = each.item
    answers = list(answers_to(item, fields)) or None
    return json.dumps(item | {"answers": answers}, ensure_ascii=False)
