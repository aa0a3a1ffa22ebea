"""Brings a form at Typeform to what the form as code says, and never costs an answer."""

import json
from dataclasses import dataclass
from typing import Any

from winloss.errors import FormError, TypeformError
from winloss.typeform.api.client import Client
from winloss.typeform.surveys.authoring import Survey, survey
from winloss.typeform.surveys.definition import content
from winloss.typeform.surveys.difference import Difference, What
from winloss.typeform.surveys.differences import differences
from winloss.typeform.surveys.losses import Landed, lost, refuse_shared, risks
from winloss.typeform.surveys.overlay import overlaid
from winloss.wording import plain

PEOPLES = frozenset({What.CLOSED, What.WEBHOOK})
"""Differences that an update of the form does not repair."""

REMOVALS = frozenset({What.RENAMED, What.EXTRA, What.CHOICE_EXTRA})
"""Differences that an update repairs by taking something out."""


@dataclass(frozen=True)
class Plan:
    """What a push would change in one form."""

    form_id: str
    kind: str
    theirs: dict[str, Any]
    """The form as it was when the plan was made."""
    differences: tuple[Difference, ...]

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to send."""
        return any(each.what not in PEOPLES for each in self.differences)

    @property
    def has_ours(self) -> bool:
        """Whether the form asks any of our questions."""
        return bool(set(survey(self.theirs).asked) & set(survey(content(self.kind)).asked))

    @property
    def address(self) -> str:
        """Where the form is answered."""
        links = self.theirs.get("_links")
        said = links.get("display") if isinstance(links, dict) else None
        return (
            plain(said) if isinstance(said, str) else f"https://form.typeform.com/to/{self.form_id}"
        )

    @property
    def removed(self) -> tuple[Difference, ...]:
        """What the form has and the file has not: a push would take it out."""
        return tuple(each for each in self.differences if each.what in REMOVALS)

    @property
    def at_risk(self) -> list[str]:
        """The questions that may only be changed so while nobody answered them."""
        return [plain(risk.asked.ref) for risk in risks(self.theirs, content(self.kind))]


def fetch(client: Client, form_id: str) -> dict[str, Any]:
    """The form's definition as it is now, numbers and all."""
    try:
        return dict(json.loads(client.definition(form_id).decode("utf-8-sig"), strict=False))
    except (ValueError, TypeError) as error:
        raise TypeformError(
            f"The definition of form {form_id} is not readable JSON; open the form in Typeform, "
            "save it and try again."
        ) from error


def compared(definition: dict[str, Any], kind: str) -> tuple[Difference, ...]:
    """How a form differs from the form as code of a kind, the most serious first."""
    return differences(survey(definition), survey(content(kind)))


def planned(client: Client, form_id: str, kind: str) -> Plan:
    """Read a form and say what a push would change; nothing is sent."""
    theirs = fetch(client, form_id)
    return Plan(form_id, kind, theirs, compared(theirs, kind))


def refuse_sharing(plan: Plan) -> None:
    """Raises FormError, naming the questions, when several have one of our refs."""
    refuse_shared(plan.form_id, plan.theirs, content(plan.kind))


def refuse_losses(client: Client, plan: Plan, landed: Landed) -> None:
    """Raises FormError, naming the questions, when answers already given would be lost."""
    losses = lost(client, plan.form_id, risks(plan.theirs, content(plan.kind)), landed)
    if not losses:
        return
    renamed = {each.text for each in plan.differences if each.what is What.RENAMED}
    advice = (
        f" Say in templates/forms/{plan.kind}.yaml or its blocks what the form asks today, and "
        "give what is new a ref of its own."
    )
    raise FormError(
        f"Form {plan.form_id} has answers that this push would lose: {'; '.join(losses)}. "
        f"Nothing was sent.{advice if set(losses) - renamed else ''}"
    )


def refuse_removal(plan: Plan) -> None:
    """Raises FormError, naming them, when questions or choices that are not ours would go.

    People add questions in Typeform's editor, and no answer yet does not mean no purpose.
    """
    if plan.removed:
        raise FormError(
            f"Form {plan.form_id} is not as the file has it: "
            f"{'; '.join(each.text for each in plan.removed)}. Nothing was sent, as somebody may "
            f"have meant that. `winloss forms push {plan.kind} --remove` takes out what is not "
            "ours and nobody answered."
        )


def update(client: Client, plan: Plan) -> tuple[Difference, ...]:
    """Send a plan, read the form again, and say what still differs.

    Raises TypeformError when the form was changed since the plan was made (nothing is
    sent), and when Typeform took a question for a new one.
    """
    if fetch(client, plan.form_id) != plan.theirs:
        raise TypeformError(
            f"Form {plan.form_id} was changed in Typeform while it was being compared. Nothing "
            "was sent; push again."
        )
    client.replace(plan.form_id, overlaid(plan.theirs, content(plan.kind)))
    after = fetch(client, plan.form_id)
    _check_ids(plan.form_id, survey(plan.theirs), survey(after))
    return compared(after, plan.kind)


def _check_ids(form_id: str, before: Survey, after: Survey) -> None:
    """Answers hang on a question's id: one that changed has lost those it had."""
    renewed = [
        ref
        for ref, asked in before.asked.items()
        if ref in after.asked and after.asked[ref].id != asked.id
        if after.asked[ref].type == asked.type
    ]
    if renewed:
        raise TypeformError(
            f"Typeform took {plain(', '.join(renewed))} of form {form_id} for new questions, "
            "though their ids were sent. Their older answers are in landing/ if they were pulled; "
            "look at the form in Typeform before the next push."
        )
