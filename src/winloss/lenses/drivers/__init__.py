"""Why they left: the reasons customers gave, beside the ones we had logged."""

from dataclasses import replace

from winloss.lenses.drivers import codebook, decisive, ratings, splits
from winloss.lenses.drivers.checked import tentative
from winloss.lenses.drivers.counts import Chooser, Counts, total
from winloss.lenses.drivers.finding import findings
from winloss.lenses.drivers.ranking import changes, disagreements, ranking
from winloss.reporting import Drivers

__all__ = ["Chooser", "Counts", "section"]


def section(counts: Counts, choose: Chooser, *, most: int, has_logged: bool, weeks: int) -> Drivers:
    """The week's findings, most named first, the ranking over the window, and what divides it.

    Where reasons are named equally often, one with a voice that may be quoted goes first.
    Below the lead a finding needs a voice: without one it stands in the ranking alone.
    `has_logged` says whether our side logs reasons at all; `weeks` is the window's length.
    """
    said, changed = changes(counts, weeks)
    doubts = tentative(counts.agreement)
    renewed = codebook.changed(counts.codebook)
    panels = (
        changed,
        *(splits.reasons(counts.splits, split) for split in ("segment", "competitor")),
        *(splits.rates(counts.rates, split, weeks) for split in ("competitor", "segment")),
        *ratings.panels(counts.ratings),
        *decisive.panels(counts.moved),
    )
    return Drivers(
        "drivers",
        "Why did they leave?",
        (),
        total(counts.week),
        ranking(counts.window, doubts),
        disagreements(counts.disagreement),
        findings=tuple(
            replace(each, tentative=doubts.get(each.reason, ""))
            for each in findings(counts, choose, most=most, has_logged=has_logged)
        ),
        codebook=renewed,
        lines=(
            *((said,) if said and not changed else ()),
            *((renewed,) if renewed else ()),
            *codebook.reasons(counts.codebook),
        ),
        panels=tuple(panel for panel in panels if panel is not None),
    )
