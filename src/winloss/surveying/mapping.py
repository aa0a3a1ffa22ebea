"""Shows which question of ours each question of a customer's own form asks, and writes it."""

import sys
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from winloss import settings, settings_file, wording
from winloss.errors import FormError
from winloss.typeform.api.client import Client
from winloss.typeform.mapping.proposing import Match, Proposal, propose
from winloss.typeform.mapping.theirs import Theirs

_out = Console(soft_wrap=True, highlight=False)
_shown = Console(highlight=False)
_aside = Console(stderr=True, highlight=False)

_LOOK_ALIKE = ("decision", "opportunity", "deal", "account", "company", "customer", "contact")


def map_form(home: Path, form_id: str, kind: str, *, is_agreed: bool) -> None:
    """Propose a mapping for the form as it is today, and write it to winloss.toml once agreed.

    Without a terminal to ask at, and not agreed beforehand, it prints the TOML and writes nothing.
    Raises SettingsError, FormError, TypeformMissing, TypeformRefused or TypeformUnreachable.
    """
    programme = settings.read(home)
    with Client(programme.typeform, programme.typeform_token.get_secret_value()) as client:
        body = client.definition(form_id)
    proposal = propose(kind, body)
    if not proposal.form.questions:
        raise FormError(f"Form {form_id} asks nothing; there is nothing to map.")
    known = next((form for form in programme.typeform.forms if form.id == form_id), None)
    signed = known.signed if known else "sig" in proposal.form.hidden
    may_ask = sys.stdin.isatty() and sys.stdout.isatty()
    _tell(_shown if is_agreed or may_ask else _aside, proposal)
    table = _table(form_id, proposal, signed=signed)
    if not is_agreed and not may_ask:
        _out.print(escape(table), end="")
        return
    _out.print(f"\nThis goes into {escape(str(home / settings.FILE))}:\n\n{escape(table)}")
    if not is_agreed and not typer.confirm("Write it?"):
        _out.print("Nothing was written.")
        return
    with_consent = not is_agreed and _is_consent_agreed(proposal)
    settings_file.add_form(
        home / settings.FILE,
        form_id=form_id,
        kind=kind,
        signed=signed,
        questions=proposal.questions(with_consent=with_consent),
        choices=proposal.choices(with_consent=with_consent),
        notes=proposal.titles,
    )
    _out.print(f"Written to {escape(str(home / settings.FILE))}; the next run reads it.")


def _table(form_id: str, proposal: Proposal, *, signed: bool) -> str:
    return settings_file.table(
        {
            "id": form_id,
            "kind": proposal.kind,
            "signed": signed,
            "questions": proposal.questions(with_consent=False),
            "choices": proposal.choices(with_consent=False),
        },
        proposal.titles,
    )


def _is_consent_agreed(proposal: Proposal) -> bool:
    """Ask about consent by itself: reading it wrongly shows what a customer kept to themselves."""
    doubtful = proposal.doubtful_consent
    for match in doubtful:
        _out.print(f"\nConsent: “{escape(match.theirs.title)}” would be read as {match.ours_ref}:")
        for choice in match.choices:
            _out.print(f"  {escape(choice.theirs.label)} means {choice.ref}")
    return bool(doubtful) and typer.confirm("Do these words allow exactly that?")


def _tell(console: Console, proposal: Proposal) -> None:
    console.print(f"[bold]{escape(proposal.form.title)}[/bold], read as {proposal.kind}\n")
    table = Table("ours", "strength", "their question", box=None, pad_edge=False)
    for match in proposal.matches:
        theirs = match.theirs
        about = f"{_type(theirs)}, {theirs.ref}\n{match.why}"
        table.add_row(
            f"[bold]{match.ours_ref}[/bold]" if match.ours else "none",
            f"{match.strength:.2f}",
            f"{escape(theirs.title)}\n[dim]{escape(about)}[/dim]",
        )
    console.print(table)
    for match in proposal.matches:
        if match.ours and match.theirs.choices:
            _tell_choices(console, match)
    console.print()
    for sentence in caveats(proposal):
        console.print(f"[yellow]·[/yellow] {escape(sentence)}")


def _tell_choices(console: Console, match: Match) -> None:
    found = {choice.theirs: choice for choice in match.choices}
    table = Table(f"“{match.theirs.title}”", match.ours_ref, "strength", box=None, pad_edge=False)
    for theirs in match.theirs.choices:
        choice = found.get(theirs)
        table.add_row(
            escape(theirs.label or theirs.ref),
            choice.ref if choice else "none, kept as they ticked it",
            f"{choice.strength:.2f}" if choice else "",
        )
    console.print()
    console.print(table)


def caveats(proposal: Proposal) -> list[str]:
    """What the mapping cannot do and what follows for the report, in sentences."""
    matched = sum(match.ours is not None for match in proposal.matches)
    asked = wording.counted(len(proposal.matches), "question")
    said = [
        (
            f"{wording.sentence(wording.number(matched))} of its {asked} can be read as ours. "
            "Check each line: likeness of words is not likeness of meaning."
        ),
        *(
            f"{match.ours_ref}: its scale runs from {_span(match.theirs)} and is read as 1 to 5; "
            "the higher end must be the good one."
            for match in proposal.matches
            if match.ours and match.theirs.scale not in (None, (1, 5))
        ),
        *(
            f"{match.ours_ref} is consent: it is written only once a person has agreed to it."
            for match in proposal.doubtful_consent
        ),
        *(f"Its hidden fields lack {name}. {proposal.without[name]}" for name in _unsent(proposal)),
    ]
    rotating = [match.ours_ref for match in proposal.matches if match.is_rotating]
    if rotating:
        said.append(
            f"We ask {wording.listed(rotating)} in rotating blocks: in this form they count "
            "where they are answered."
        )
    said += [
        f"It does not ask {asked.ref}. {proposal.without[asked.ref]}"
        for asked in proposal.unasked
        if asked.ref in proposal.without
    ]
    return said + _lookalikes(proposal)


def _unsent(proposal: Proposal) -> list[str]:
    return [name for name in proposal.unsent if name in proposal.without]


def _lookalikes(proposal: Proposal) -> list[str]:
    """Hidden fields that may be ours under another name; only Typeform can rename them."""
    names = [
        name
        for name in proposal.form.hidden
        if name not in ("decision_id", "account_id", "respondent")
        and any(word in name.lower() for word in _LOOK_ALIKE)
    ]
    return [
        f"Its hidden field {name} may be one of ours: hidden fields are not mapped, so name it "
        "decision_id, account_id or respondent at Typeform and in the links."
        for name in names
    ]


def _type(theirs: Theirs) -> str:
    several = ", several" if theirs.is_several else ""
    return f"{theirs.type} {_span(theirs)}" if theirs.scale else f"{theirs.type}{several}"


def _span(theirs: Theirs) -> str:
    lowest, highest = theirs.scale or (0, 0)
    return f"{lowest} to {highest}"
