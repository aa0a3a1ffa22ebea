"""Did we keep our word: what was promised, by our account and by the customer's.

After Christopher Hart, "The Power of Unconditional Service Guarantees", Harvard Business Review
66 (1988): a guarantee is worth its name where it is unconditional, easy to understand,
meaningful, easy to invoke and easy to collect.
"""

from collections.abc import Mapping

import polars as pl

from winloss import numbers, wording
from winloss.lenses.promises import after, ledger, selling, teeth
from winloss.lenses.promises.counting import Answers, Ledger
from winloss.lenses.promises.week import finding
from winloss.quotes import Voices
from winloss.reporting import Figure, Quote, Section

READS = (
    "promises",
    "promises_answers",
    "promises_teeth",
    "promises_ledger",
    "promises_ours",
    "promises_line",
)

WORDS = ("promise_words", "promised_words", "told_and_got", "doubted_promise", "missing_proof")
NOTHING_LOGGED = "Our side has logged no promises, so theirs stand alone."


def section(counts: Mapping[str, pl.DataFrame], voices: Voices, weeks: int) -> Section:
    """The ledger of promises, what stands behind them, how we sold, and what came after.

    `counts` holds the rows of the files of `sql/reports/` that `READS` names; `weeks` is the
    length of the window.
    """
    told, answers = Ledger(counts["promises"]), Answers(counts["promises_answers"])
    found = finding(told, voices)
    voice = found.quote if found else _voice(told, voices)
    named = ledger.beside(counts["promises_ledger"], voices)
    panels = (
        *ledger.panels(counts, told, voices),
        *teeth.panels(answers, counts["promises_teeth"]),
        *selling.panels(answers, voices),
        *after.panels(answers, voices),
    )
    spoken = [quote for panel in panels for quote in panel.quotes] + [voice]
    unnamed = {quote.response_id for quote in spoken if quote and not quote.is_named}
    shown = ledger.promises(counts["promises_ledger"], named, unnamed, voices.names)
    has_logged = bool(counts["promises_ours"].height)
    return Section(
        lens="promises",
        title="Did we keep our word?",
        caveats=() if has_logged or told.is_silent else (NOTHING_LOGGED,),
        voice=voice,
        lines=_lines(told, answers, weeks, has_logged=has_logged),
        panels=(*shown, *panels),
        findings=(found,) if found else (),
        is_news=told.week("answered").count > 0,
    )


def _voice(told: Ledger, voices: Voices) -> Quote | None:
    """Somebody of the week, otherwise anybody who spoke of our promises."""
    this_week = told.week("answered").row_ids
    return voices.choose(WORDS, this_week) or voices.choose(WORDS)


def _lines(told: Ledger, answers: Answers, weeks: int, *, has_logged: bool) -> tuple[str, ...]:
    kept = told.figure("kept")
    if told.is_silent:
        asked = told.ever("answered").total
        return (f"Asked of {asked}; nobody has answered." if asked else _NOBODY,)
    when = f"Over {weeks} weeks" if told.scope == "window" else "Since the beginning"
    lines = [
        f"{when}, customers to whom we had promised something say that we kept it in time: "
        f"{numbers.spoken(kept)}."
        if kept.total
        else f"{when}, nobody says that we had promised anything."
    ]
    if has_logged:
        lines += [
            f"{said}: {numbers.spoken(figure)}." for said, figure in _compared(told) if figure.total
        ]
    risk = answers.of("risk_bearer", "lost", "customer")
    if risk.total:
        since = "" if answers.scope("risk_bearer") == "window" else ", since the beginning"
        lines.append(
            f"Lost deals in which the customer would have carried the loss alone{since}: "
            f"{numbers.spoken(risk)}{_open_said(answers)}."
        )
    return tuple(lines[:4])


def _open_said(answers: Answers) -> str:
    left = answers.left_open("risk_bearer", "lost").count
    return f"; {wording.number(left)} left it open" if left else ""


_NOBODY = "Nobody has been asked yet."


def _compared(told: Ledger) -> tuple[tuple[str, Figure], ...]:
    return (
        (
            "Where both of us gave a verdict, we say kept and they say late or not at all",
            told.figure("disputed"),
        ),
        (
            "Of those who remember a promise, we had logged none for",
            told.figure("never_logged"),
        ),
    )
