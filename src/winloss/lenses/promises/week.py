"""What the week's voices say of our word, as a finding that a mail may print."""

from winloss import numbers
from winloss.lenses.promises.counting import Ledger
from winloss.quotes import Voices
from winloss.reporting import Figure, Finding


def finding(told: Ledger, voices: Voices) -> Finding | None:
    """That promises came late or not at all, where somebody said so this week.

    None in a week in which nobody did, or nobody who did may be quoted.
    """
    week = told.week("not_kept")
    refs = ("promise_words", "promised_words", "told_and_got")
    quote = voices.choose(refs, week.row_ids) if week.count else None
    if quote is None:
        return None
    window, before = told.window("not_kept"), told.before("not_kept")
    who, claim = _claim(week)
    return Finding(
        reason="not_kept",
        label="promises late or not kept",
        quote=quote,
        voices=week,
        who=who,
        claim=claim,
        ours=(),
        logged="",
        contrary=None,
        trend=window,
        call=numbers.call((window.count, window.total), (before.count, before.total)),
        lens="promises",
    )


def _claim(week: Figure) -> tuple[str, str]:
    promised = "to whom we had promised something"
    came = "this week that it came late or not at all"
    if week.total == 1:
        return "The only one", f"{promised} says {came}."
    says = "says" if week.count == 1 else "say"
    if week.total < numbers.COUNT_ONLY_BELOW:
        return _few(week), f"{promised} {says} {came}."
    likely = numbers.likely_said(week.low or 0.0, week.high or 0.0)
    if week.total < numbers.PERCENT_FROM:
        return _few(week), f"{promised} {says} {came} ({likely})."
    share = numbers.percent_said(week.count / week.total)
    return share, f"of those {promised} say {came} ({week.count} of {week.total}, {likely})."


def _few(week: Figure) -> str:
    if week.count == week.total:
        return "Both" if week.total == 2 else f"All {week.total}"  # noqa: PLR2004 (two are both)
    return f"{week.count} of the {week.total}"
