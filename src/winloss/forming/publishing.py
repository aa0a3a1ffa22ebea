"""Makes the programme's forms at Typeform say what the forms as code say."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from winloss import settings, settings_file
from winloss.errors import SettingsError, TypeformError
from winloss.forming import intentions, locking
from winloss.forming.account import connected, entries, is_own, lines
from winloss.forming.targets import Target, Wanted, check_adoption, targets
from winloss.settings import Settings
from winloss.typeform.api.client import Client
from winloss.typeform.surveys import changes, making, pushing, webhooks
from winloss.typeform.surveys.difference import Difference
from winloss.warehouse import answered
from winloss.wording import counted, sentence

Webhook = Mapping[str, Any] | None
Steps = Generator[str, None, list[Difference]]

_NEXT = (
    "  next: `winloss forms links` makes each invitation's own link, signed with "
    "WINLOSS_SIGNING_KEY; without a valid signature no response counts"
)


def push(home: Path, wanted: Wanted) -> Iterator[str]:
    """Make the wanted forms say what the files say; each step is a line.

    A kind without a form gets one, noted in winloss.toml; a form that winloss.toml does not
    name is used only where a push of this programme made it (see `intentions`) or `--adopt`
    names it. Everything is compared, and what would lose answers, or take out without leave
    what is not ours, is refused (FormError), before the first thing is sent.
    Of several pushes at once one works and the others wait (see `locking`).
    Raises TypeformError at the end when a form does not come back as it was sent.
    """
    with ExitStack() as held:
        if not wanted.is_rehearsal:
            held.enter_context(locking.alone(home))
        yield from _pushed(home, wanted)


def _pushed(home: Path, wanted: Wanted) -> Iterator[str]:
    programme = settings.read(home)
    check_adoption(programme, wanted)
    webhook = _webhook(programme, is_needed=wanted.needs_webhook)
    scopes = ["forms:read", "forms:write", "responses:read"]
    scopes += ["webhooks:read", "webhooks:write"] if webhook else []
    left: list[Difference] = []
    landed = partial(answered.lately, programme.landing)
    with connected(programme, scopes) as client:
        found = []
        for target in targets(client, programme, home, wanted):
            yield from target.said(client, wanted, landed)
            found.append(target)
        if wanted.is_rehearsal:
            if webhook:
                yield f"would register the webhook of every form, for {webhook['url']}"
            yield "nothing was sent"
            return
        for target in found:
            left += yield from _brought(client, home, target, webhook)
        for entry in [] if wanted.kinds else entries(programme, ()):
            if is_own(entry):
                yield f"{entry.kind}, form {entry.id}: asks its own questions, left as it is"
                left += yield from _announced(client, entry.id, webhook)
    if left:
        raise TypeformError(
            f"{sentence(counted(len(left), 'difference'))} left after the push, listed above. "
            "Settle them in Typeform by hand, then run `winloss forms check`."
        )


def _brought(client: Client, home: Path, target: Target, webhook: Webhook) -> Steps:
    """Send what is to be sent, and say what still differs then."""
    kind = target.kind
    plan = target.plan or (yield from _made(client, home, kind))
    if target.found:
        settings_file.add_form(home / settings.FILE, form_id=plan.form_id, kind=kind)
        yield f"{kind}, form {plan.form_id}: noted in winloss.toml"
    intentions.forget(home, kind)
    found = plan.differences
    if plan.is_needed:
        found = pushing.update(client, plan)
        if target.plan:
            yield f"{kind}, form {plan.form_id}: sent, and read again"
            yield from (f"  {each}" for each in changes.removed(plan.differences))
    left = [each for each in found if each.what not in pushing.PEOPLES]
    if left:
        yield from lines(left)
    elif plan.is_needed:
        yield "  it says what the file says"
    else:
        silent = "" if webhook else ", nothing to send"
        yield f"{kind}, form {plan.form_id}: it says what the file says{silent}"
    yield from (f"  note: {each.text}" for each in found if each.what in pushing.PEOPLES)
    left += yield from _announced(client, plan.form_id, webhook)
    if target.found or target.plan is None:
        yield f"  its address: {plan.address}"
        yield _NEXT
    return left


def _made(client: Client, home: Path, kind: str) -> Generator[str, None, pushing.Plan]:
    """A new form, whose title is still to be sent without the mark."""
    form_id = making.create(client, kind, intentions.note(home, kind))
    settings_file.add_form(home / settings.FILE, form_id=form_id, kind=kind)
    yield f"{kind}, form {form_id}: made, and noted in winloss.toml"
    return pushing.planned(client, form_id, kind)


def _webhook(programme: Settings, *, is_needed: bool) -> Webhook:
    found = webhooks.wanted(programme)
    if is_needed and found is None:
        raise SettingsError(
            "There is no address to register: set url under [receiver] in winloss.toml to "
            "where Typeform reaches `winloss serve`."
        )
    return found


def _announced(client: Client, form_id: str, webhook: Webhook) -> Steps:
    """Register the webhook, whose secret nobody can compare, and look what became of it."""
    if webhook is None:
        return []
    client.put_webhook(form_id, webhooks.TAG, dict(webhook))
    found = list(webhooks.differing(client.webhook(form_id, webhooks.TAG), webhook["url"]))
    if not found:
        yield f"  webhook registered: responses are sent to {webhook['url']}"
    yield from lines(found)
    return found
