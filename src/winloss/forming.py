"""Compares the programme's forms at Typeform with the forms as code, and publishes them."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winloss import settings, settings_file
from winloss.errors import FormError, SettingsError, TypeformError, TypeformMissing
from winloss.settings import FormSettings, Settings
from winloss.typeform.api.client import Client
from winloss.typeform.mapping.differing import mapped
from winloss.typeform.surveys import forms, pushing, webhooks
from winloss.typeform.surveys.difference import Difference, What
from winloss.wording import counted, listed, sentence


def check(home: Path, kinds: Sequence[str] = ()) -> Iterator[str]:
    """Compare the forms of these kinds, or all, with what they should be, line by line.

    Raises FormError at the end when anything differs, and at once for a kind without a form.
    """
    programme = settings.read(home)
    entries = _entries(programme, kinds)
    lacking = [kind for kind in kinds if kind not in [entry.kind for entry in entries]]
    if lacking or not entries:
        kind = lacking[0] if lacking else "any kind"
        raise FormError(
            f"winloss.toml names no form of {kind}. `winloss forms push KIND` makes one, and "
            "`winloss forms map` reads a form of your own."
        )
    counts: list[int] = []
    with _client(programme) as client:
        for entry in entries:
            found, notes = _compared(client, programme, entry)
            counts.append(len(found))
            yield f"{entry.kind}, form {entry.id}: {counted(len(found), 'difference')}"
            yield from _lines(found)
            yield from (f"  note: {note}" for note in notes)
    if any(counts):
        wrong = counted(len([count for count in counts if count]), "form")
        raise FormError(
            f"{sentence(counted(sum(counts), 'difference'))} in {wrong}. `winloss forms push` "
            "makes our own forms say what the files say (`--dry-run` shows how); a form with "
            "questions of its own is changed in Typeform, its mapping in winloss.toml."
        )


def push(
    home: Path,
    kinds: Sequence[str] = (),
    *,
    is_rehearsal: bool = False,
    needs_webhook: bool = False,
) -> Iterator[str]:
    """Make the forms of these kinds, or all, say what the files say; each step is a line.

    A kind without a form gets one, noted in winloss.toml. Everything is compared, and what
    would lose answers refused (FormError), before the first thing is sent.
    Raises TypeformError at the end when a form does not come back as it was sent.
    """
    programme = settings.read(home)
    webhook = _webhook(programme, is_needed=needs_webhook)
    left: list[Difference] = []
    with _client(programme) as client:
        targets = []
        for kind, form_id in _wanted(programme, kinds):
            target = _prepared(client, programme, kind, form_id)
            yield from target.said()
            if target.plan and target.plan.at_risk:
                yield f"  looking for answers to {listed(target.plan.at_risk)}"
                pushing.refuse_losses(client, target.plan)
            targets.append(target)
        if is_rehearsal:
            if webhook:
                yield f"every form's responses would be announced to {webhook['url']}"
            yield "nothing was sent"
            return
        for target in targets:
            form_id, differing = yield from _brought(client, home, target)
            left += differing
            left += yield from _announced(client, form_id, webhook)
        for entry in [] if kinds else _entries(programme, ()):
            if _is_own(entry):
                yield f"{entry.kind}, form {entry.id}: asks its own questions, left as it is"
                left += yield from _announced(client, entry.id, webhook)
    if left:
        raise TypeformError(
            f"{sentence(counted(len(left), 'difference'))} left after the push, listed above. "
            "Settle them in Typeform by hand, then run `winloss forms check`."
        )


Steps = Generator[str, None, list[Difference]]


@dataclass(frozen=True)
class _Target:
    """What is to happen to one form."""

    kind: str
    plan: pushing.Plan | None
    """Nothing when there is no form yet."""
    is_orphan: bool = False
    """Made by an earlier push that did not live to note it."""

    def said(self) -> Iterator[str]:
        if self.plan is None:
            yield f"{self.kind}: no form yet, so one is to be made ({_size(self.kind)})"
            return
        name = f"{self.kind}, form {self.plan.form_id}"
        if self.is_orphan:
            yield f"{name}: made by an earlier push and never noted, so it is to be used"
        yield f"{name}: {counted(len(self.plan.differences), 'difference')}"
        yield from _lines(self.plan.differences)


def _entries(programme: Settings, kinds: Sequence[str]) -> list[FormSettings]:
    for kind in kinds:
        if kind not in forms.kinds():
            raise FormError(f"There is no kind {kind}; there are {listed(forms.kinds())}.")
    return [entry for entry in programme.typeform.forms if not kinds or entry.kind in kinds]


def _is_own(entry: FormSettings) -> bool:
    """Whether the form asks questions of its own, which only its mapping makes ours."""
    return bool(entry.questions or entry.choices)


def _client(programme: Settings) -> Client:
    return Client(programme.typeform, programme.typeform_token.get_secret_value())


def _compared(
    client: Client, programme: Settings, entry: FormSettings
) -> tuple[list[Difference], tuple[str, ...]]:
    try:
        definition = pushing.fetch(client, entry.id)
    except TypeformMissing:
        gone = "Typeform has no such form (any more); take it out of winloss.toml"
        return [Difference(What.MISSING, "", gone)], ()
    notes: tuple[str, ...] = ()
    if _is_own(entry):
        read = mapped(definition, entry)
        found, notes = list(read.differences), read.unasked
    else:
        found = list(pushing.compared(definition, entry.kind))
    if programme.receiver.url:
        found += webhooks.differing(client.webhook(entry.id, webhooks.TAG), programme.receiver.url)
    return sorted(found, key=lambda each: each.what), notes


def _wanted(programme: Settings, kinds: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Kind and form id (nothing: none yet) of what a push is about."""
    entries = _entries(programme, kinds)
    if not entries and not kinds:
        raise FormError(f"winloss.toml names no forms. Say which to make: {listed(forms.kinds())}.")
    for kind in dict.fromkeys(kinds or [entry.kind for entry in entries]):
        ours = [entry.id for entry in entries if entry.kind == kind and not _is_own(entry)]
        theirs = [entry.id for entry in entries if entry.kind == kind and _is_own(entry)]
        if kinds and theirs and not ours:
            raise FormError(
                f"Form {theirs[0]} of kind {kind} asks questions of its own, mapped in "
                "winloss.toml; a push would replace them. Change it in Typeform."
            )
        yield from ((kind, form_id) for form_id in ours or ([] if theirs else [""]))


def _prepared(client: Client, programme: Settings, kind: str, form_id: str) -> _Target:
    if form_id:
        return _Target(kind, pushing.planned(client, form_id, kind))
    orphan = pushing.orphan(client, kind, [entry.id for entry in programme.typeform.forms])
    if orphan:
        return _Target(kind, pushing.planned(client, orphan, kind), is_orphan=True)
    return _Target(kind, None)


def _brought(
    client: Client, home: Path, target: _Target
) -> Generator[str, None, tuple[str, list[Difference]]]:
    """Send what is to be sent, and say what still differs then."""
    kind, plan = target.kind, target.plan
    form_id = plan.form_id if plan else pushing.create(client, kind)
    if plan is None or target.is_orphan:
        settings_file.add_form(home / settings.FILE, form_id=form_id, kind=kind)
        made = "taken over" if plan else "made"
        yield f"{kind}, form {form_id}: {made}, and noted in winloss.toml"
        yield "  only responses with a valid signature count (signed is the default)"
    if plan and plan.is_needed:
        found = pushing.update(client, plan)
        yield f"{kind}, form {form_id}: sent, and read again"
    elif plan:
        found = plan.differences
        yield f"{kind}, form {form_id}: nothing to send"
    else:
        found = pushing.compared(pushing.fetch(client, form_id), kind)
    closed = [each for each in found if each.what in pushing.PEOPLES]
    yield from (f"  note: {each.text}" for each in closed)
    left = [each for each in found if each.what not in pushing.PEOPLES]
    yield from _lines(left) if left else ["  it says what the file says"]
    return form_id, left


def _size(kind: str) -> str:
    core = [screen for screen in forms.form(kind).screens if screen != "block"]
    asked = counted(sum(len(screen) for screen in core), "question")
    rotating = len(forms.blocks(kind))
    return f"{asked}, {counted(rotating, 'rotating block')}" if rotating else asked


def _webhook(programme: Settings, *, is_needed: bool) -> Mapping[str, Any] | None:
    found = webhooks.wanted(programme)
    if is_needed and found is None:
        raise SettingsError(
            "There is no address to register: set url under [receiver] in winloss.toml to "
            "where Typeform reaches `winloss serve`."
        )
    return found


def _announced(client: Client, form_id: str, webhook: Mapping[str, Any] | None) -> Steps:
    """Register the webhook, whose secret nobody can compare, and look what became of it."""
    if webhook is None:
        return []
    client.put_webhook(form_id, webhooks.TAG, dict(webhook))
    found = list(webhooks.differing(client.webhook(form_id, webhooks.TAG), webhook["url"]))
    yield f"  its responses are announced to {webhook['url']}"
    yield from _lines(found)
    return found


def _lines(found: Iterable[Difference]) -> Iterator[str]:
    return (f"  - {each.text}" for each in found)
