"""Which groups of a split are hidden, so that nobody is counted out of a small one."""

from collections.abc import Iterable, Mapping

FLOOR = 5


def suppressed(counts: Mapping[str, int], floor: int = FLOOR) -> frozenset[str]:
    """The groups to hide in a split (group -> count) whose total is known.

    Hidden is every group of at least 1 and fewer than `floor`. Where subtraction would still
    tell them, the next smallest visible one is hidden with them, ties by name: when one group
    is hidden alone, when the hidden ones are together fewer than `floor`, and when they are
    all 1 or all one below the floor, which whoever knows this rule could read off their sum.
    An empty group is shown: it tells on nobody. Only where no other group is left does it hide
    the small ones, and then the whole split is hidden; what the total alone gives away, as of
    a split into a single group or into groups of one, stays known.

    Primary and complementary suppression: Cox, "Suppression Methodology and Statistical
    Disclosure Control", JASA 75 (1980); Willenborg and de Waal, "Elements of Statistical
    Disclosure Control" (2001). Raises ValueError for a negative count or a floor below 1.
    """
    refuse_negative(counts.values(), floor)
    hidden = {group for group, count in counts.items() if 0 < count < floor}
    if not hidden or not _is_told([counts[group] for group in hidden], floor):
        return frozenset(hidden)
    visible = sorted((count, group) for group, count in counts.items() if count >= floor)
    if not visible:
        return frozenset(counts)
    return frozenset(hidden | {visible[0][1]})


def refuse_negative(counts: Iterable[int], floor: int) -> None:
    """Stop at counts and floors that cannot be."""
    if floor < 1 or any(count < 0 for count in counts):
        raise ValueError(f"Negative counts and a floor of {floor} cannot be; a floor is 1 or more.")


def _is_told(hidden: list[int], floor: int) -> bool:
    """True when the total and the visible groups give these away."""
    if len(hidden) == 1 or sum(hidden) < floor:
        return True
    return set(hidden) in ({1}, {floor - 1})
