"""Brings a form at Typeform to what the form as code says, and never costs an answer."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from winloss.errors import FormError, TypeformError
from winloss.typeform.api.client import RESPONSE_TYPES, Client
from winloss.typeform.surveys.authoring import Survey, survey
from winloss.typeform.surveys.definition import content
from winloss.typeform.surveys.difference import Difference, What
from winloss.typeform.surveys.differences import differences
from winloss.typeform.surveys.losses import at_risk, lost
from winloss.typeform.surveys.overlay import overlaid

PEOPLES = frozenset({What.CLOSED, What.WEBHOOK})
"""Differences that an update of the form does not repair."""


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
    def at_risk(self) -> list[str]:
        """The questions that may only be changed so while nobody answered them."""
        return at_risk(survey(self.theirs), survey(content(self.kind)))


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


def refuse_losses(client: Client, plan: Plan) -> None:
    """Raises FormError, naming the questions, when answers already given would be lost."""
    losses = lost(client, plan.form_id, survey(plan.theirs), survey(content(plan.kind)))
    if losses:
        raise FormError(
            f"Form {plan.form_id} has answers that this push would lose: {'; '.join(losses)}. "
            f"Nothing was sent. Say in templates/forms/{plan.kind}.yaml or its blocks what the "
            "form asks today, and give what is new a ref of its own."
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


def create(client: Client, kind: str) -> str:
    """Make a new form of a kind, and say its id."""
    made = client.create(content(kind)).get("id")
    if not isinstance(made, str) or not made:
        raise TypeformError(
            f"Typeform made a form of kind {kind} and did not say its id; push again, and the "
            "form is found by its title."
        )
    return made


def orphan(client: Client, kind: str, known: Collection[str]) -> str:
    """The form that a push made and did not live to note, or nothing.

    It has our title and exactly our questions, nobody answered it, and none of the `known`
    ids is its own. Raises FormError when several are so.
    """
    ours = survey(content(kind))
    found = [
        str(each.get("id"))
        for each in client.forms(search=ours.title)
        if each.get("title") == ours.title and each.get("id") not in known
    ]
    fitting = [
        form_id
        for form_id in found
        if set(survey(fetch(client, form_id)).asked) == set(ours.asked)
        and not _has_responses(client, form_id)
    ]
    if len(fitting) > 1:
        raise FormError(
            f"Forms {', '.join(fitting)} all ask what {kind} asks, and winloss.toml names none "
            "of them. Add the right one to typeform.forms, or delete those not needed."
        )
    return fitting[0] if fitting else ""


def _has_responses(client: Client, form_id: str) -> bool:
    now = datetime.now(UTC)
    for response_type in RESPONSE_TYPES:
        pages = client.pages(
            form_id, response_type=response_type, since=None, until=now, fields=("none",)
        )
        if next(pages, None) is not None:
            return True
    return False


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
            f"Typeform took {', '.join(renewed)} of form {form_id} for new questions, though "
            "their ids were sent. Their older answers are in landing/ if they were pulled; look "
            "at the form in Typeform before the next push."
        )
