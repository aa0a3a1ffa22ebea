"""Makes a weekly edition shorter, a part at a time, from the bottom up."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from winloss.reporting import CALL, Sign, Weekly


def shorter(weekly: Weekly) -> Iterator[Weekly]:
    """The edition, then ever shorter ones: the lower a part stands, the sooner it goes.

    The lead finding, or what stands in its place, is never cut.
    """
    yield weekly
    for cut in _CUTS:
        weekly = cut(weekly)
        yield weekly


def _without_side_lines(weekly: Weekly) -> Weekly:
    coverage = weekly.coverage and replace(
        weekly.coverage, set_aside="", open_opportunities="", caveats=()
    )
    return replace(weekly, coverage=coverage)


def _without_check_in_names(weekly: Weekly) -> Weekly:
    return _renamed(weekly, lambda sign: "" if sign.figure.name == "no_check_in" else sign.names)


def _without_names(weekly: Weekly) -> Weekly:
    """Names go, but for whoever asked for a call: that name is what there is to do."""
    return _renamed(weekly, lambda sign: sign.names if sign.figure.name == CALL else "")


def _renamed(weekly: Weekly, names: Callable[[Sign], str]) -> Weekly:
    if weekly.prevention is None:
        return weekly
    signs = tuple(replace(sign, names=names(sign)) for sign in weekly.prevention.signs)
    return replace(weekly, prevention=replace(weekly.prevention, signs=signs))


def _without_further_views(weekly: Weekly) -> Weekly:
    rest = tuple(replace(each, contrary=None) for each in weekly.findings[1:])
    return replace(weekly, findings=weekly.findings[:1] + rest)


def _with_findings(most: int) -> Callable[[Weekly], Weekly]:
    return lambda weekly: replace(weekly, findings=weekly.findings[:most])


def _without_idea(weekly: Weekly) -> Weekly:
    return replace(weekly, idea=None)


def _without_bound(weekly: Weekly) -> Weekly:
    return replace(weekly, coverage=weekly.coverage and replace(weekly.coverage, bound=""))


def _with_signs(most: int) -> Callable[[Weekly], Weekly]:
    """The most urgent signs come first."""

    def cut(weekly: Weekly) -> Weekly:
        signs = weekly.prevention.signs[:most] if weekly.prevention else ()
        kept = weekly.prevention and replace(weekly.prevention, signs=signs)
        return replace(weekly, prevention=kept)

    return cut


def _with_actions(most: int) -> Callable[[Weekly], Weekly]:
    """What came back or is overdue comes first."""

    def cut(weekly: Weekly) -> Weekly:
        lines = weekly.actions.lines[:most] if weekly.actions else ()
        return replace(weekly, actions=weekly.actions and replace(weekly.actions, lines=lines))

    return cut


def _without_prevention(weekly: Weekly) -> Weekly:
    return replace(weekly, prevention=None)


def _without_card(weekly: Weekly) -> Weekly:
    return replace(weekly, know_why=None)


_CUTS: tuple[Callable[[Weekly], Weekly], ...] = (
    _without_side_lines,
    _without_check_in_names,
    _without_idea,
    _without_further_views,
    _without_bound,
    _without_names,
    _with_signs(3),
    _with_actions(2),
    _with_findings(2),
    _with_actions(1),
    _with_findings(1),
    _without_prevention,
    _without_card,
)
