"""Prints a proposal: the lines, what their choices mean, and what follows for the report."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from winloss import wording
from winloss.surveying.caveats import advice, summary
from winloss.typeform.mapping.match import Match
from winloss.typeform.mapping.measure import LEAST
from winloss.typeform.mapping.proposing import Proposal
from winloss.typeform.mapping.theirs import Theirs, span

_WIDEST = 30
_BY_HAND = (
    'questions = { q7 = "may_quote" }',
    'choices = { may_quote = { "Yes, with my name" = "named", "No" = "counted" } }',
)


def tell(console: Console, proposal: Proposal) -> None:
    """Print all of it; no line wider than the console."""
    title = proposal.form.title or "(no title)"
    console.print(f"[bold]{escape(title)}[/bold], read as {proposal.kind}\n")
    console.print(_questions(proposal))
    for match in proposal.matches:
        if match.ours and match.theirs.choices:
            console.print()
            console.print(_choices(match))
    console.print(
        "\n[dim]strength: how alike the words are, 0 to 1; proposed from "
        f"{LEAST:.2f}. yours: winloss.toml says so already, and it stays.[/dim]"
    )
    console.print(f"\n{summary(proposal)}")
    for heading, points in advice(proposal):
        if points:
            console.print(f"\n[bold]{heading}[/bold]")
            console.print(_hanging(points))
    console.print(
        "\nTo map a line by hand, put their ref beside ours under the form in winloss.toml, "
        "and what their choices mean; mapping again keeps it:"
    )
    for line in _BY_HAND:
        console.print(f"  {escape(line)}")


def _questions(proposal: Proposal) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("ours", max_width=_WIDEST)
    table.add_column("strength")
    table.add_column("their question")
    for match in proposal.matches:
        theirs = match.theirs
        about = f"{_type(theirs)}, {wording.plain(theirs.ref)}\n{match.why}"
        table.add_row(
            _ours(match),
            "yours" if match.is_yours else f"{match.strength:.2f}",
            f"{escape(theirs.title)}\n[dim]{escape(about)}[/dim]",
        )
    return table


def _ours(match: Match) -> str:
    if not match.ours_ref:
        return "none"
    wording = f"\n[dim]{escape(match.ours.title)}[/dim]" if match.ours else ""
    return f"[bold]{escape(match.ours_ref)}[/bold]{wording}"


def _choices(match: Match) -> Table:
    found = {choice.theirs: choice for choice in match.choices}
    table = Table(
        f"“{escape(match.theirs.title)}”", match.ours_ref, "strength", box=None, pad_edge=False
    )
    for theirs in match.theirs.choices:
        choice, yours = found.get(theirs), match.your_choice(theirs)
        table.add_row(
            escape(wording.plain(theirs.label or theirs.ref)),
            escape(yours or (choice.ref if choice else "none, kept as they ticked it")),
            "yours" if yours else f"{choice.strength:.2f}" if choice else "",
        )
    return table


def _hanging(points: list[str]) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    for point in points:
        table.add_row("[yellow]·[/yellow]", escape(point))
    return table


def _type(theirs: Theirs) -> str:
    several = ", several" if theirs.is_several else ""
    return f"{theirs.type} {span(theirs)}" if theirs.scale else f"{theirs.type}{several}"
