"""Whether a share changed: control limits, and a call that a new mix cannot fool."""

from collections.abc import Mapping

from winloss.numbers.comparing import Counts, stratified
from winloss.numbers.intervals import COUNT_ONLY_BELOW, OUTSIDE_LIMITS, refuse_impossible

NO_CALL = "No change we can call."
MIX = "The mix of customers changed, not the share."

Strata = Mapping[str, tuple[Counts, Counts]]
"""Segment -> count and total now, count and total before."""


def limits(total: int, before: Counts) -> tuple[int, int]:
    """The counts out of `total` that are ordinary (99.73 %) if nothing changed since `before`.

    A binomial control limit, exact also where the earlier n is small: the earlier rate is not
    taken as known but spread by its Jeffreys posterior, Beta(k + 1/2, n - k + 1/2) (Brown, Cai
    and DasGupta 2001), which makes the later count beta-binomial. With a large earlier n this
    is the plain binomial limit; with a tiny one the limits open until nothing can be called.
    Raises ValueError for a count that is negative or above its total.
    """
    refuse_impossible(*before)
    refuse_impossible(0, total)
    from scipy.stats import betabinom

    earlier, of = before
    ordinary = betabinom(total, earlier + 0.5, of - earlier + 0.5)
    return int(ordinary.ppf(OUTSIDE_LIMITS / 2)), int(ordinary.ppf(1 - OUTSIDE_LIMITS / 2))


def call(now: Counts, before: Counts, strata: Strata | None = None) -> str:
    """One sentence on the change from `before` to `now`, each a count and its total.

    `No change we can call.` inside the control limits, and wherever either total is below 5.
    With `strata`, which split the same counts (customers without a segment are a segment of
    their own), a change is called only when it also holds among like customers, in the same
    direction (see `stratified`). Where it does not, and the new mix makes up at least half of
    the change, the sentence says that the mix changed. Raises ValueError for a count that is
    negative or above its total, and for strata that do not add up to `now` and `before`.
    """
    refuse_impossible(*now)
    refuse_impossible(*before)
    _refuse_other_counts(now, before, strata)
    (count, total), (earlier, of) = now, before
    if min(total, of) < COUNT_ONLY_BELOW:
        return NO_CALL
    low, high = limits(total, before)
    if low <= count <= high:
        return NO_CALL
    is_more = count > high
    if strata is not None and not _is_among_like(strata, is_more=is_more):
        return MIX if _is_mix(now, before, strata) else NO_CALL
    more = "More" if is_more else "Less"
    return f"{more} than chance allows: {count} of {total} now, {earlier} of {of} before."


def _is_among_like(strata: Strata, *, is_more: bool) -> bool:
    """True when the change holds, in the same direction, with the mix held still."""
    tested = stratified(
        {segment: now for segment, (now, _) in strata.items()},
        {segment: before for segment, (_, before) in strata.items()},
    )
    if tested is None or tested.p_value >= OUTSIDE_LIMITS:
        return False
    return (tested.excess > 0) == is_more


def _is_mix(now: Counts, before: Counts, strata: Strata) -> bool:
    """True when the new mix makes up at least half of the change.

    Kitagawa, "Components of a Difference Between Two Rates", Journal of the American
    Statistical Association 50 (1955): what is left of the difference is the segments' own.
    Without segments heard in both periods there is no telling, and the answer is no.
    """
    (count, total), (earlier, of) = now, before
    own, is_told = 0.0, False
    for (later, here), (sooner, there) in strata.values():
        if here and there:
            own += (here / total + there / of) / 2 * (later / here - sooner / there)
            is_told = True
    change = count / total - earlier / of
    return is_told and (change - own) / change >= 1 / 2


def _refuse_other_counts(now: Counts, before: Counts, strata: Strata | None) -> None:
    """Stop where strata split something else than what is compared."""
    if strata is None:
        return
    for period, whole in enumerate((now, before)):
        counts = [split[period] for split in strata.values()]
        added = (sum(count for count, _ in counts), sum(total for _, total in counts))
        if added != whole:
            raise ValueError(
                f"Strata of {added[0]} of {added[1]} cannot be the parts of "
                f"{whole[0]} of {whole[1]}; look at the query that split it."
            )
