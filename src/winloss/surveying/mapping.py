"""Shows which question of ours each question of a customer's own form asks, and writes it."""

import sys
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape

from winloss import settings, settings_file
from winloss.errors import FormError
from winloss.settings import FormSettings, Settings
from winloss.surveying import kinds
from winloss.surveying.proposals import tell
from winloss.typeform.api.client import Client
from winloss.typeform.mapping.proposing import Proposal, propose

_out = Console(soft_wrap=True, highlight=False)
_shown = Console(highlight=False)
_aside = Console(stderr=True, highlight=False)


def map_form(home: Path, form_id: str, kind: str, *, is_agreed: bool) -> None:
    """Propose a mapping for the form as it is today, and write it to winloss.toml once agreed.

    What winloss.toml says of the form already stays. Without a terminal to ask at, and not agreed
    beforehand, it prints the TOML and writes nothing.
    Raises SettingsError, FormError, TypeformMissing, TypeformRefused or TypeformUnreachable.
    """
    programme = settings.read(home)
    written = _written(programme, form_id, kinds.checked(kind))
    with Client(programme.typeform, programme.typeform_token.get_secret_value()) as client:
        body = client.definition(form_id)
    proposal = propose(kind, body, written)
    if not proposal.form.questions:
        raise FormError(f"Form {form_id} asks nothing; there is nothing to map.")
    may_ask = sys.stdin.isatty() and sys.stdout.isatty()
    beside = _shown if is_agreed or may_ask else _aside
    tell(beside, proposal)
    if is_agreed or may_ask:
        _write(home / settings.FILE, form_id, proposal, is_agreed=is_agreed)
    elif proposal.has_news(with_consent=False):
        _out.print(escape(_table(form_id, proposal)), end="")
    else:
        beside.print(f"\n{_no_news(proposal)}")


def _written(programme: Settings, form_id: str, kind: str) -> FormSettings | None:
    """What winloss.toml says of the form; its kind is the person's to change, not ours."""
    known = next((form for form in programme.typeform.forms if form.id == form_id), None)
    if known and known.kind != kind:
        raise FormError(
            f"Form {form_id} is written as {known.kind}; change kind in {settings.FILE} first, or "
            f"map it with --kind {known.kind}."
        )
    return known


def _write(path: Path, form_id: str, proposal: Proposal, *, is_agreed: bool) -> None:
    has_news = proposal.has_news(with_consent=False)
    if has_news:
        table = _table(form_id, proposal)
        _out.print(f"\nThe form in {escape(str(path))} will be:\n\n{escape(table)}")
        if not is_agreed and not typer.confirm("Write it?"):
            _out.print("Nothing was written.")
            return
    with_consent = not is_agreed and _is_consent_agreed(proposal)
    if not has_news and not with_consent:
        _out.print(f"\n{_no_news(proposal)}")
        return
    settings_file.add_form(
        path,
        form_id=form_id,
        kind=proposal.kind,
        signed=None if proposal.written else _is_signed(proposal),
        questions=proposal.questions(with_consent=with_consent),
        choices=proposal.choices(with_consent=with_consent),
        notes=proposal.titles,
    )
    _out.print(f"Written to {escape(str(path))}; the next run reads it.")


def _no_news(proposal: Proposal) -> str:
    why = "no question of it can be used yet."
    if proposal.written:
        why = "there is no line to add, and what was there stays."
    return f"Nothing was written: {why}"


def _is_signed(proposal: Proposal) -> bool:
    return proposal.written.signed if proposal.written else "sig" in proposal.form.hidden


def _table(form_id: str, proposal: Proposal) -> str:
    return settings_file.table(
        {
            "id": form_id,
            "kind": proposal.kind,
            "signed": _is_signed(proposal),
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
