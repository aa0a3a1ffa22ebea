"""Says which answers already given a push would cost."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from winloss.errors import FormError
from winloss.typeform.api.client import RESPONSE_TYPES, Client, ResponseType
from winloss.typeform.api.judging import BadRequest
from winloss.typeform.api.parsing import tolerant
from winloss.typeform.surveys.authoring import Asked, ref, survey, text, walk
from winloss.typeform.surveys.difference import quoted
from winloss.typeform.surveys.differences_questions import named, renamed, renaming
from winloss.typeform.surveys.overlay import overlaid
from winloss.wording import plain

Answer = Mapping[str, Any]
Landed = Callable[[str], Iterable[Answer]]
"""A form's id -> answers that came lately and that Typeform may not show yet."""

# Reports have no use for these, so a pull leaves them; whether they may be asked for is disputed.
_STARTED = cast("ResponseType", "started")


@dataclass(frozen=True)
class Risk:
    """What would become of the answers to one question, if there are any."""

    asked: Asked
    text: str
    """What any answer would suffer; empty where only `choices` would go."""
    choices: frozenset[str]
    """The refs of the choices that would go."""


def refuse_shared(form_id: str, theirs: dict[str, Any], ours: dict[str, Any]) -> None:
    """Raises FormError where fields share one of our refs: only one could stay."""
    for wanted in map(ref, walk(ours)):
        sharing = [text(field.get("title")) for field in walk(theirs) if ref(field) == wanted]
        if len(sharing) > 1:
            raise FormError(
                f"Several questions of form {form_id} have the ref {wanted}: "
                f"{' and '.join(map(quoted, sharing))}. Nothing was sent. Give all but ours a ref "
                "of their own in Typeform, then push again."
            )


def risks(theirs: dict[str, Any], ours: dict[str, Any]) -> list[Risk]:
    """The questions whose answers, if there are any, an update would touch.

    A question whose id is not sent back is deleted with its answers; a question of another type
    or scale would give its older answers a meaning nobody meant; of a choice left out the
    answers keep the words and lose the ref. These come last.
    """
    said, wanted = survey(theirs), survey(ours)
    sent = {str(field.get("id")) for field in walk(overlaid(theirs, ours))}
    was = {now: before for before, now in renamed(said, wanted).items()}
    found = [
        Risk(asked, _fate(asked, wanted.asked.get(name), was, sent), _dropped(asked, wanted.asked))
        for name, asked in said.asked.items()
    ]
    found += [
        Risk(asked, f"{named(asked)} would be dropped", frozenset()) for asked in said.repeated
    ]
    touched = [risk for risk in found if risk.text or risk.choices]
    return sorted(touched, key=lambda risk: not risk.text)


def lost(client: Client, form_id: str, found: Iterable[Risk], landed: Landed) -> list[str]:
    """Of these risks those that answers were given to, in plain words.

    Asks Typeform only about those. It shows an answer up to half an hour late, so what
    `landed` lately counts as well.
    """
    found = list(found)
    if not found:
        return []
    lately = list(landed(form_id))
    names = {_name(risk.asked) for risk in found}
    answered = client.has_answers(form_id, names)
    losses: list[str] = []
    for risk in found:
        mine = [answer for answer in lately if _is_to(answer, risk.asked)]
        if not mine and _name(risk.asked) not in answered:
            continue
        losses += [risk.text] if risk.text else _chosen(client, form_id, risk, mine)
    return losses


def _fate(asked: Asked, wanted: Asked | None, was: Mapping[str, str], sent: set[str]) -> str:
    if asked.ref in was:
        return plain(renaming(was[asked.ref], asked.ref))
    if wanted is None or (asked.id and asked.id not in sent):
        return f"{plain(asked.ref)} would be dropped"
    if wanted.type != asked.type:
        return f"{asked.ref} would become {wanted.type}"
    if (wanted.steps, wanted.lowest) != (asked.steps, asked.lowest):
        return f"{asked.ref} would change its scale"
    return ""


def _dropped(asked: Asked, ours: Mapping[str, Asked]) -> frozenset[str]:
    wanted = ours.get(asked.ref)
    return frozenset(asked.choices) - frozenset(wanted.choices) if wanted else frozenset()


def _chosen(client: Client, form_id: str, risk: Risk, lately: list[Answer]) -> Iterator[str]:
    """Of the choices those somebody took: reads the answers to this one question."""
    asked = risk.asked
    said = {each: {each, asked.choices[each], asked.choice_ids[each]} for each in risk.choices}
    taken: set[str] = set()
    for answer in (*lately, *_answers(client, form_id, _name(asked))):
        told = set(_told(answer))
        taken |= {each for each, words in said.items() if words & told}
    for each in sorted(taken):
        yield f"the choice {plain(each)} of {asked.ref} would be dropped"


def _answers(client: Client, form_id: str, field_id: str) -> Iterator[Answer]:
    now = datetime.now(UTC)
    for response_type in (*RESPONSE_TYPES, _STARTED):
        pages = client.pages(
            form_id, response_type=response_type, since=None, until=now, fields=(field_id,)
        )
        try:
            for page in pages:
                yield from _on(page)
        except BadRequest:
            if response_type != _STARTED:
                raise


def _on(page: bytes) -> Iterator[Answer]:
    for item in tolerant(page)["items"]:
        answers = item.get("answers") if isinstance(item, dict) else None
        yield from (each for each in answers or [] if isinstance(each, dict))


def _told(answer: Answer) -> Iterator[str]:
    """The refs, ids and labels of what was chosen: one of each, or a list of each."""
    for name in ("choice", "choices"):
        chosen = answer.get(name)
        for value in chosen.values() if isinstance(chosen, dict) else ():
            yield from (str(each) for each in (value if isinstance(value, list) else [value]))


def _is_to(answer: Answer, asked: Asked) -> bool:
    """By id where both say one: a ref may have gone from one question to another."""
    field = answer.get("field")
    if not isinstance(field, dict):
        return False
    if field.get("id") and asked.id:
        return bool(field["id"] == asked.id)
    return ref(field) == asked.ref


def _name(asked: Asked) -> str:
    return asked.id or asked.ref
