"""Sold by one, served by another: how life after signing compared with what was told."""

from collections.abc import Iterator

from winloss.lenses.promises.counting import Answers, cell, left_open, quoted, voices_of
from winloss.quotes import Voices
from winloss.reporting import Panel, Row

_MOST = 3
_SAID = (
    ("handover_gap", "worse", "life after signing was worse than told"),
    ("handover_gap", "as_told", "it was as told"),
    ("handover_gap", "better", "it was better than told"),
    ("post_sale_care", "little", "the people after the sale cared little"),
    ("post_sale_care", "much", "they cared much"),
    ("on_time", "yes", "everything was there on time"),
)
_OPEN = {
    "handover_gap": "left open how life after signing was",
    "post_sale_care": "left open how much the people after the sale cared",
    "on_time": "left open whether everything was there on time",
}


def panels(answers: Answers, voices: Voices) -> Iterator[Panel]:
    """What came after the sale, and what was told beside what was got, in their words."""
    rows = tuple(
        Row(label, (cell(answers.of(ref, None, answer)),))
        for ref, answer, label in _SAID
        if answers.answered_count(ref)
    )
    blank = tuple(
        row
        for ref, label in _OPEN.items()
        if answers.answered_count(ref)
        for row in left_open(answers, ref, label=label)
    )
    if rows:
        note = answers.note("handover_gap")
        yield Panel("after", "Sold by sales, met by service", (*rows, *blank), note=note)
    written = answers.written("told_and_got")
    quotes = voices_of(voices, ("told_and_got",), written, _MOST) if written.count else ()
    if quotes:
        title = "What they were told, and what they got"
        yield quoted("told", title, quotes, answers.said("told_and_got"))
