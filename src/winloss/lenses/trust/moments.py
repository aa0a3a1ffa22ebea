"""The moments that showed it: tests, ammunition, needless questions, advice against ourselves."""

from collections.abc import Iterator

import polars as pl

from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Panel, Quote, Row
from winloss.tally import Tally, Told, cell, noted, row

_LEFT = ("lost", "cancelled")
_TESTED = {"no": "We were not there", "yes": "We were there", "never": "It never came to that"}
_AMMUNITION = {
    "no": "No",
    "partly": "Some of it",
    "yes": "Yes",
    "alone": "Nobody else had to agree",
}
_ADVISED = {"yes": "Yes", "no": "No"}
_MOST = 4
"""How many voices a list of them holds."""
_VOICES = "Voices since the beginning."
_NO_RATE = "Counts of those who answered; each form is asked apart, so this is no rate of leaving."


def asked(answers: Tally, question_ref: str) -> Told:
    """The answers to one question, over the window or since the beginning."""
    return answers.among(question_ref=question_ref).told()


def unarmed(answers: Tally) -> Told:
    """Of deals lost, whether our contact had what it takes to convince the others."""
    return answers.among(question_ref="ammunition", among="lost").told()


def opening(answers: Tally, voices: Voices) -> Quote | None:
    """Somebody we failed when it mattered; without one, somebody we did not."""
    everyone = answers.among(period="all", question_ref="tested_passed")
    for value in ("no", "yes"):
        ids = everyone.saying(_TESTED[value], value).row_ids
        if quote := voices.choose(("tested_words",), ids):
            return quote
    return None


def tested(answers: Tally, voices: Voices) -> Iterator[Panel]:
    """Were we there, how many of those we then lost, and what happened."""
    told = asked(answers, "tested_passed")
    if not told.tally.total:
        return
    rows = [*_by_outcome(told.tally, _TESTED)]
    stories = [
        Row(_TESTED[value], (), quote)
        for value in ("no", "yes")
        for quote in _several(voices, "tested_words", _ids(answers, "tested_passed", value), 2)
    ]
    note = noted(told.note, told.tally.left_out, _NO_RATE)
    columns = ("", "said so", "of these we lost")
    yield Panel("tested", "When they needed us most", tuple(rows), columns, note)
    if stories:
        yield Panel("stories", "What happened then", tuple(stories), note=_VOICES)


def ammunition(answers: Tally, voices: Voices) -> Iterator[Panel]:
    """Had our contact what it takes to convince the others; and what was missing."""
    told = unarmed(answers)
    if told.tally.total:
        rows = [row(label, told.tally.saying(label, value)) for value, label in _AMMUNITION.items()]
        note = noted(
            told.note,
            "Deals lost: did our contact have what it took to convince the others?",
            told.tally.left_out,
        )
        yield Panel("ammunition", "Ammunition", tuple(rows), note=note)
    ids = _ids(answers, "ammunition", "no", "partly")
    missing = _several(voices, "ammunition_missing", ids, _MOST)
    if missing:
        rows = [Row("", (), quote) for quote in missing]
        note = f"What was missing, also to those who chose us all the same. {_VOICES}"
        yield Panel("give_me_this", "Give me this", tuple(rows), note=note)


def needless(answers: Tally, voices: Voices) -> Iterator[Panel]:
    """The questions we should not have had to ask, listed to learn from."""
    told = asked(answers, "needless_question")
    if not told.tally.total:
        return
    named = told.tally.saying("named a question", "yes")
    quotes = _several(voices, "needless_question", _ids(answers, "needless_question", "yes"), _MOST)
    rows = [row("Named one", named), *(Row("", (), quote) for quote in quotes)]
    note = noted(told.note, "Of everybody shown the question; who had none to name left it open.")
    title = "Questions we should not have had to ask"
    yield Panel("needless", title, tuple(rows), note=note)


def advised(answers: Tally) -> Iterator[Panel]:
    """Did we ever advise against ourselves, and how many of those we lost."""
    told = asked(answers, "advised_against")
    if told.tally.total:
        rows = tuple(_by_outcome(told.tally, _ADVISED))
        note = noted(
            told.note,
            "Did we ever advise them to buy less, or from someone else?",
            told.tally.left_out,
            _NO_RATE,
        )
        columns = ("", "said so", "of these we lost")
        yield Panel("advised", "Did we ever advise against ourselves?", rows, columns, note)


def _by_outcome(asked_of: Tally, labels: dict[str, str]) -> Iterator[Row]:
    """Each answer with how many gave it, and how many of those we lost."""
    for value, label in labels.items():
        said = asked_of.saying(label, value)
        who = Tally(asked_of.rows.filter(pl.col("value") == value), asked_of.query)
        left = who.figure(f"{label}: lost", pl.col("among").is_in(_LEFT))
        yield Row(label, (cell(said), _count(left)))


def _count(figure: Figure) -> Cell:
    """A count alone: the groups were asked apart, and no share of them is a rate."""
    return Cell(f"{figure.count} of {figure.total}" if figure.total else "nobody", figure)


def _ids(answers: Tally, question_ref: str, *values: str) -> tuple[str, ...]:
    everyone = answers.among(period="all", question_ref=question_ref)
    return everyone.saying(question_ref, *values).row_ids


def _several(voices: Voices, ref: str, ids: tuple[str, ...], most: int) -> list[Quote]:
    """Up to so many voices on one question, the newest first."""
    chosen = (voices.choose((ref,), ids) for _ in range(most))
    return [quote for quote in chosen if quote]
