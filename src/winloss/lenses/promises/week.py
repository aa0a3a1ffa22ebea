"""What the week's voices say of our word, as a finding that a mail may print."""

from winloss.lenses.promises.counting import Ledger
from winloss.quotes import Voices
from winloss.reporting import Finding
from winloss.tally import offered


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
    says = "says" if week.count == 1 else "say"
    claim = f"to whom we had promised something {says} this week that it came late or not at all"
    return offered(
        "promises",
        "not_kept",
        "promises late or not kept",
        claim,
        quote=quote,
        voices=week,
        trend=window,
        before=before,
    )
