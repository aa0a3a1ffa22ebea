"""Compares the programme's forms at Typeform with what they should be."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from winloss import settings
from winloss.errors import FormError, TypeformMissing
from winloss.forming.account import connected, entries, is_own, lines
from winloss.settings import FormSettings, Settings
from winloss.typeform.api.client import Client
from winloss.typeform.mapping.differing import mapped
from winloss.typeform.surveys import pushing, webhooks
from winloss.typeform.surveys.difference import Difference, What
from winloss.wording import counted, plain, sentence


def check(home: Path, kinds: Sequence[str] = ()) -> Iterator[str]:
    """Compare the forms of these kinds, or all, with what they should be, line by line.

    Raises FormError at the end when anything differs, and at once for a kind without a form;
    SettingsError when `[receiver] url` is no address responses may be sent to.
    """
    programme = settings.read(home)
    named = entries(programme, kinds)
    lacking = [kind for kind in kinds if kind not in [entry.kind for entry in named]]
    if lacking or not named:
        kind = lacking[0] if lacking else "any kind"
        raise FormError(
            f"winloss.toml names no form of {kind}. `winloss forms push KIND` makes one, and "
            "`winloss forms map` reads a form of your own."
        )
    scopes = ["forms:read"]
    if programme.receiver.url:
        webhooks.checked(programme.receiver.url)
        scopes.append("webhooks:read")
    counts: list[int] = []
    with connected(programme, scopes) as client:
        for entry in named:
            found, notes = _compared(client, programme, entry)
            counts.append(len(found))
            yield f"{entry.kind}, form {entry.id}: {counted(len(found), 'difference')}"
            yield from lines(found)
            yield from (f"  note: {plain(note)}" for note in notes)
    if any(counts):
        wrong = counted(len([count for count in counts if count]), "form")
        raise FormError(
            f"{sentence(counted(sum(counts), 'difference'))} in {wrong}. `winloss forms push` "
            "makes our own forms say what the files say (`--dry-run` shows how); a form with "
            "questions of its own is changed in Typeform, its mapping in winloss.toml."
        )


def _compared(
    client: Client, programme: Settings, entry: FormSettings
) -> tuple[list[Difference], tuple[str, ...]]:
    try:
        definition = pushing.fetch(client, entry.id)
    except TypeformMissing:
        gone = "Typeform has no such form (any more); take it out of winloss.toml"
        return [Difference(What.MISSING, "", gone)], ()
    notes: tuple[str, ...] = ()
    if is_own(entry):
        read = mapped(definition, entry)
        found, notes = list(read.differences), read.unasked
    else:
        found = list(pushing.compared(definition, entry.kind))
    if programme.receiver.url:
        found += webhooks.differing(client.webhook(entry.id, webhooks.TAG), programme.receiver.url)
    return sorted(found, key=lambda each: each.what), notes
