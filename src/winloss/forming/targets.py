"""Which forms a push is about, and what is to happen to each, before anything is sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from winloss.errors import FormError
from winloss.forming import intentions
from winloss.forming.account import entries, is_own, lines
from winloss.settings import Settings
from winloss.typeform.api.client import Client
from winloss.typeform.surveys import changes, forms, making, pushing
from winloss.typeform.surveys.difference import What
from winloss.typeform.surveys.losses import Landed
from winloss.wording import counted, listed


@dataclass(frozen=True)
class Wanted:
    """What a person asked of a push."""

    kinds: tuple[str, ...] = ()
    """Nothing: all that winloss.toml names."""
    is_rehearsal: bool = False
    needs_webhook: bool = False
    may_remove: bool = False
    """Whether questions that are not ours, and that nobody answered, may be taken out."""
    adopted: str = ""
    """The id of a form to use for the one kind named."""
    is_new: bool = False
    """Make a form even where the account holds one that asks the same."""


@dataclass(frozen=True)
class Target:
    """What is to happen to one form."""

    kind: str
    plan: pushing.Plan | None
    """Nothing when there is no form yet."""
    found: str = ""
    """How the form was come by, where winloss.toml does not name it yet."""

    def said(self, client: Client, wanted: Wanted, landed: Landed) -> Iterator[str]:
        """What is to be done, line by line; raises FormError for what must not be."""
        plan = self.plan
        if plan is None:
            will = "would make one" if wanted.is_rehearsal else "one is to be made"
            yield f"{self.kind}: no form yet; {will} ({_size(self.kind)})"
            return
        name = f"{self.kind}, form {plan.form_id}"
        if self.found:
            yield f"{name}: {self.found}"
        yield f"{name}: {counted(len(plan.differences), 'difference')}"
        if not wanted.is_rehearsal:
            yield from lines(plan.differences)
        pushing.refuse_sharing(plan)
        if plan.at_risk:
            yield f"  looking for answers to {listed(plan.at_risk)}"
            pushing.refuse_losses(client, plan, landed)
            yield "  found none that would be lost"
        if wanted.is_rehearsal:
            yield from (f"  would {each}" for each in changes.planned(plan.differences))
            notes = (each.text for each in plan.differences if each.what in pushing.PEOPLES)
            yield from (f"  would leave to you: {each}" for each in notes)
            yield from lines(each for each in plan.differences if each.what is What.RENAMED)
        if not wanted.may_remove and wanted.is_rehearsal and plan.removed:
            yield "  would stop before that: what is not ours goes only with --remove"
        elif not wanted.may_remove:
            pushing.refuse_removal(plan)


def targets(client: Client, programme: Settings, home: Path, wanted: Wanted) -> Iterator[Target]:
    """Each form the push is about, read and compared; nothing is sent."""
    for kind, form_id in _named(programme, wanted.kinds):
        if form_id and wanted.adopted:
            raise FormError(
                f"winloss.toml already names form {form_id} of kind {kind}; take it out there "
                "before another is adopted in its place."
            )
        if form_id:
            yield Target(kind, pushing.planned(client, form_id, kind))
        else:
            yield _unnamed(client, programme, home, kind, wanted)


def check_adoption(programme: Settings, wanted: Wanted) -> None:
    """Raises FormError when it is not clear which kind the adopted form shall be."""
    if wanted.adopted and (len(wanted.kinds) != 1 or wanted.is_new):
        raise FormError(
            "--adopt is for one kind and goes without --new: "
            f"`winloss forms push KIND --adopt {wanted.adopted}`."
        )
    for entry in programme.typeform.forms:
        if entry.id == wanted.adopted:
            raise FormError(
                f"winloss.toml already names form {entry.id}, as {entry.kind}. Push without "
                "--adopt."
            )


def _named(programme: Settings, kinds: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Kind and form id (nothing: none yet) of what a push is about."""
    known = entries(programme, kinds)
    if not known and not kinds:
        raise FormError(f"winloss.toml names no forms. Say which to make: {listed(forms.kinds())}.")
    for kind in dict.fromkeys(kinds or [entry.kind for entry in known]):
        ours = [entry.id for entry in known if entry.kind == kind and not is_own(entry)]
        theirs = [entry.id for entry in known if entry.kind == kind and is_own(entry)]
        if kinds and theirs and not ours:
            raise FormError(
                f"Form {theirs[0]} of kind {kind} asks questions of its own, mapped in "
                "winloss.toml; a push would replace them. Change it in Typeform."
            )
        yield from ((kind, form_id) for form_id in ours or ([] if theirs else [""]))


def _unnamed(client: Client, programme: Settings, home: Path, kind: str, wanted: Wanted) -> Target:
    """The form for a kind that winloss.toml names none of: adopted, our own orphan, or new."""
    if wanted.adopted:
        plan = pushing.planned(client, wanted.adopted, kind)
        if not plan.has_ours:
            raise FormError(
                f"Form {wanted.adopted} asks nothing that {kind} asks, so it is none of ours. "
                f"`winloss forms map {wanted.adopted} --kind {kind}` reads a form of your own."
            )
        return Target(kind, plan, "to be adopted, on your word")
    mark = intentions.noted(home, kind)
    orphan = making.marked(client, mark) if mark else ""
    if orphan:
        cut_off = "made by a push of this programme that was cut off, so it is to be used"
        return Target(kind, pushing.planned(client, orphan, kind), cut_off)
    known = [entry.id for entry in programme.typeform.forms]
    found = [] if wanted.is_new else making.strangers(client, kind, known)
    if found:
        raise _unknown(kind, found)
    return Target(kind, None)


def _unknown(kind: str, found: Sequence[making.Stranger]) -> FormError:
    many = len(found) > 1
    held = f"{counted(len(found), 'form')} made by winloss" if many else "a form made by winloss"
    named = "; ".join(map(str, found))
    which = "ID" if many else found[0].form_id
    return FormError(
        f"The account holds {held} that this winloss.toml does not name ({named}). Nothing was "
        "sent. If it is this programme's, such as after a push that was cut off, run `winloss "
        f"forms push {kind} --adopt {which}`; otherwise --new makes another."
    )


def _size(kind: str) -> str:
    core = [screen for screen in forms.form(kind).screens if screen != "block"]
    asked = counted(sum(len(screen) for screen in core), "question")
    rotating = len(forms.blocks(kind))
    return f"{asked}, {counted(rotating, 'rotating block')}" if rotating else asked
