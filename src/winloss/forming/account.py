"""What check and push share: the account, the forms that winloss.toml names, and their lines."""

import logging
from collections.abc import Iterable, Iterator, Sequence

from winloss.errors import FormError
from winloss.settings import FormSettings, Settings
from winloss.typeform.api.client import Client
from winloss.typeform.surveys import forms
from winloss.typeform.surveys.difference import Difference
from winloss.wording import listed

_log = logging.getLogger("winloss")


def entries(programme: Settings, kinds: Sequence[str]) -> list[FormSettings]:
    """The named forms of these kinds, or all; raises FormError for a kind there is not."""
    for kind in kinds:
        if kind not in forms.kinds():
            raise FormError(f"There is no kind {kind}; there are {listed(forms.kinds())}.")
    return [entry for entry in programme.typeform.forms if not kinds or entry.kind in kinds]


def is_own(entry: FormSettings) -> bool:
    """Whether the form asks questions of its own, which only its mapping makes ours."""
    return bool(entry.questions or entry.choices)


def connected(programme: Settings, scopes: Sequence[str]) -> Client:
    """The account; `scopes` is what the token needs. Says what is waited for in the log."""
    return Client(
        programme.typeform,
        programme.typeform_token.get_secret_value(),
        waiting=_Waits(programme.typeform.base_url),
        scopes=listed(scopes),
    )


def lines(found: Iterable[Difference]) -> Iterator[str]:
    """A line for each."""
    return (f"  - {each.text}" for each in found)


class _Waits:
    """Says what is waited for, and once when that is over."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._is_waiting = False

    def __call__(self, what: str) -> None:
        if what:
            _log.info("%s: %s", self._base_url, what)
        elif self._is_waiting:
            _log.info("asking %s again", self._base_url)
        self._is_waiting = bool(what)
