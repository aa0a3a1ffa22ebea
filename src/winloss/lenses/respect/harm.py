"""Who was talked down to or misled: the rate, every case by itself, and the week's finding."""

from typing import Any

from winloss import numbers, wording
from winloss.lenses.respect.tally import QUERY, Tally
from winloss.quotes import Voices
from winloss.reporting import Cell, Finding, Panel, Quote, Row
from winloss.tally import offered

MOST_CASES = 60

HARMS = {
    "condescended": ("talked down to", "felt talked down to"),
    "misled": ("different from what we said", "found something different from what we had said"),
}
_WORDS = ("misled_words", "condescended_words")


def opening(cases: list[dict[str, Any]], voices: Voices) -> Quote | None:
    """Whoever was harmed speaks first, this week's before the others; then whoever else spoke."""
    week = [case["response_id"] for case in cases if case["is_week"]]
    everybody = [case["response_id"] for case in cases]
    for ids in (week, everybody):
        if ids and (quote := voices.choose(_WORDS, ids)):
            return voices.entire(quote)
    return voices.choose(("mile_1", "unasked", "got_words"))


def line(tally: Tally) -> str:
    """How many were misled or talked down to, in one sentence for the mail."""
    figures = {ref: tally.figure(ref, "yes") for ref in ("misled", "condescended")}
    if not any(figure.total for figure in figures.values()):
        return "Nobody has been asked yet whether we talked down to them or misled them."
    since = "Since the beginning " if tally.is_thin else ""
    if not any(figure.count for figure in figures.values()):
        asked = max(figure.total for figure in figures.values())
        return wording.sentence(f"{since}nobody of {asked} asked felt talked down to or misled.")
    parts = [
        f"{numbers.spoken(figure) if figure.count else 'nobody'} {HARMS[ref][1]}"
        for ref, figure in figures.items()
    ]
    return wording.sentence(f"{since}{'; '.join(parts)}.")


def rates(tally: Tally) -> Panel | None:
    """Of those asked, how many said so, and how many left it open."""
    rows = [
        Row(said, (Cell(numbers.spoken(figure), figure), Cell(str(tally.count(ref, "left_open")))))
        for ref, (said, _) in HARMS.items()
        if (figure := tally.figure(ref, "yes")).total
    ]
    columns = ("of those asked", "said so", "left it open")
    return Panel("harms", "Talked down to, or misled", tuple(rows), columns) if rows else None


def cases(
    cases: list[dict[str, Any]], voice: Quote | None, voices: Voices, weeks: int | None
) -> Panel | None:
    """Every case by itself: a rate would average it away."""
    if not cases:
        return None
    rows = tuple(_case(case, voice, voices) for case in cases[:MOST_CASES])
    rest = len(cases) - len(rows)
    more = f" {wording.sentence(wording.number(rest))} older ones are not listed." if rest else ""
    since = f"in the last {weeks} weeks" if weeks else "since the beginning"
    note = f"Every case told {since}, also where its survey is still open.{more}"
    return Panel("cases", "Case by case", rows, note=note)


def _case(case: dict[str, Any], voice: Quote | None, voices: Voices) -> Row:
    ref, response = f"{case['harm']}_words", case["response_id"]
    label = HARMS[case["harm"]][0]
    if voice and (voice.response_id, voice.question_ref) == (response, ref):
        return Row(label, (Cell("their words open this section"),))
    quote = voices.again((ref,), response)
    if quote:
        return Row(label, (Cell("new" if case["is_week"] else ""),), quote)
    return Row(label, (Cell("heard, in confidence" if case["has_words"] else "left no words"),))


def finding(
    tally: Tally, cases: list[dict[str, Any]], voice: Quote | None, voices: Voices
) -> Finding | None:
    """The harm most often told this week, misled before talked down to on a tie."""
    harm = max(("misled", "condescended"), key=lambda ref: tally.count(ref, "yes", "week"))
    count, total = tally.count(harm, "yes", "week"), tally.count(harm, span="week")
    if not count:
        return None
    ids = tuple(case["response_id"] for case in cases if case["is_week"] and case["harm"] == harm)
    own = voice if voice and voice.response_id in ids else voices.choose((f"{harm}_words",), ids)
    window, before = (
        numbers.figure(harm, tally.count(harm, "yes", span), tally.count(harm, span=span), QUERY)
        for span in ("voter", "before")
    )
    said = HARMS[harm][1]
    return offered(
        "respect",
        harm,
        said,
        f"asked this week {said}",
        quote=own,
        voices=numbers.figure(harm, count, total, QUERY, ids),
        trend=window,
        before=before,
    )
