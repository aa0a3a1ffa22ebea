"""Makes new forms, and finds those that a push made and did not live to note."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from winloss.errors import FormError, TypeformError
from winloss.typeform.api.client import RESPONSE_TYPES, Client
from winloss.typeform.surveys.authoring import survey
from winloss.typeform.surveys.definition import content
from winloss.typeform.surveys.pushing import fetch
from winloss.wording import plain


@dataclass(frozen=True)
class Stranger:
    """A form that asks exactly what a kind asks, and that nobody here knows."""

    form_id: str
    is_answered: bool

    def __str__(self) -> str:
        """Such as `5fc9d4dc, nobody answered it yet`."""
        said = "somebody answered it" if self.is_answered else "nobody answered it yet"
        return f"{plain(self.form_id)}, {said}"


def create(client: Client, kind: str, mark: str = "") -> str:
    """Make a new form of a kind, and say its id.

    With a `mark` in its title, by which `marked` finds it; an update takes the mark out.
    """
    ours = content(kind)
    title = f"{ours['title']} (winloss {mark})" if mark else ours["title"]
    made = client.create(ours | {"title": title}).get("id")
    if not isinstance(made, str) or not made:
        raise TypeformError(
            f"Typeform made a form of kind {kind} and did not say its id; push again, and the "
            "form is found by the mark in its title."
        )
    return made


def marked(client: Client, mark: str) -> str:
    """The form with this mark in its title, or nothing.

    Raises FormError when several have it.
    """
    # Not by Typeform's own search: nothing says that it finds a part of a title.
    end = f" (winloss {mark})"
    found = [str(each.get("id")) for each in client.forms() if _title(each).endswith(end)]
    if len(found) > 1:
        raise FormError(
            f"Forms {', '.join(found)} were all made by the push that was cut off. Delete all but "
            "one in Typeform, then push again."
        )
    return found[0] if found else ""


def strangers(client: Client, kind: str, known: Collection[str]) -> list[Stranger]:
    """The forms with our title and exactly our questions that are none of the `known` ids."""
    ours = survey(content(kind))
    alike = [
        str(each.get("id"))
        for each in client.forms(search=ours.title)
        if _title(each) == ours.title and each.get("id") not in known
    ]
    return [
        Stranger(form_id, _has_responses(client, form_id))
        for form_id in alike
        if set(survey(fetch(client, form_id)).asked) == set(ours.asked)
    ]


def _title(form: dict[str, object]) -> str:
    title = form.get("title")
    return title if isinstance(title, str) else ""


def _has_responses(client: Client, form_id: str) -> bool:
    now = datetime.now(UTC)
    for response_type in RESPONSE_TYPES:
        pages = client.walk(
            form_id, response_type=response_type, since=None, until=now, fields=("none",)
        )
        if any(page.names or page.total_count for page in pages):
            return True
    return False
