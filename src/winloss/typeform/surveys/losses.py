"""Says which answers already given a push would cost."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from winloss.typeform.api.client import RESPONSE_TYPES, Client, ResponseType
from winloss.typeform.api.judging import BadRequest
from winloss.typeform.api.parsing import tolerant
from winloss.typeform.surveys.authoring import Asked, Survey

_SILENT = frozenset({"statement"})
# Reports have no use for these, so a pull leaves them; whether they may be asked for is disputed.
_STARTED = cast("ResponseType", "started")


def at_risk(theirs: Survey, ours: Survey) -> list[str]:
    """The questions whose answers, if there are any, a push would touch."""
    return list(dict(_doomed(theirs, ours)) | dict(_dropped(theirs, ours)))


def lost(client: Client, form_id: str, theirs: Survey, ours: Survey) -> list[str]:
    """What of the answers given would be lost if the form became ours, in plain words.

    A question left out is deleted with its answers; a question of another type or scale would
    give its older answers a meaning nobody meant; of a choice left out the answers keep the
    words and lose the ref. Asks Typeform only about those.
    """
    doomed = dict(_doomed(theirs, ours))
    choices = dict(_dropped(theirs, ours))
    ids = {ref: theirs.asked[ref].id or ref for ref in doomed | choices}
    answered = client.has_answers(form_id, ids.values()) if ids else set()
    found = [text for ref, text in doomed.items() if ids[ref] in answered]
    for ref, names in choices.items():
        if ids[ref] in answered and ref not in doomed:
            found += _chosen(client, form_id, theirs.asked[ref], names)
    return found


def _doomed(theirs: Survey, ours: Survey) -> Iterator[tuple[str, str]]:
    for ref, asked in theirs.asked.items():
        wanted = ours.asked.get(ref)
        if asked.type in _SILENT:
            continue
        if wanted is None:
            yield ref, f"{ref} would be dropped"
        elif wanted.type != asked.type:
            yield ref, f"{ref} would become {wanted.type}"
        elif (wanted.steps, wanted.lowest) != (asked.steps, asked.lowest):
            yield ref, f"{ref} would change its scale"


def _dropped(theirs: Survey, ours: Survey) -> Iterator[tuple[str, frozenset[str]]]:
    for ref, asked in theirs.asked.items():
        if ref in ours.asked and asked.choices:
            names = frozenset(asked.choices) - frozenset(ours.asked[ref].choices)
            if names:
                yield ref, names


def _chosen(client: Client, form_id: str, asked: Asked, names: frozenset[str]) -> Iterator[str]:
    """Of these choices those somebody took: reads the answers to this one question."""
    said = {each: {each, asked.choices[each], asked.choice_ids[each]} for each in names}
    taken: set[str] = set()
    for answer in _answers(client, form_id, asked.id or asked.ref):
        told = set(_told(answer))
        taken |= {each for each, words in said.items() if words & told}
    yield from (f"the choice {each} of {asked.ref} would be dropped" for each in sorted(taken))


def _answers(client: Client, form_id: str, field_id: str) -> Iterator[Mapping[str, Any]]:
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


def _on(page: bytes) -> Iterator[Mapping[str, Any]]:
    for item in tolerant(page)["items"]:
        answers = item.get("answers") if isinstance(item, dict) else None
        yield from (each for each in answers or [] if isinstance(each, dict))


def _told(answer: Mapping[str, Any]) -> Iterator[str]:
    """The refs, ids and labels of what was chosen: one of each, or a list of each."""
    for name in ("choice", "choices"):
        chosen = answer.get(name)
        for value in chosen.values() if isinstance(chosen, dict) else ():
            yield from (str(each) for each in (value if isinstance(value, list) else [value]))
