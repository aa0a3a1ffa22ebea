"""Receives responses as they are given: Typeform's webhooks become landing lines.

The database is never opened here: the next weekly run or `winloss listen` loads the lines.
"""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from winloss import settings
from winloss.errors import SettingsError
from winloss.settings import FormKind, Settings
from winloss.typeform.receiver.event import Event
from winloss.typeform.receiver.server import serve as serve_webhooks
from winloss.warehouse.receiving import receive

_HEAD_BYTES = 1000
"""Of a line, what stands before its item."""


def serve(home: Path, *, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Receive until told to stop; each delivery is one line on stderr.

    `tell` is given what to do next, and at the end that it stopped.

    Raises SettingsError without a form or a secret, or where the address or the folder for the
    lines cannot be had.
    """
    programme = settings.read(home)
    secret = _secret(programme)
    _prepare(programme.landing)
    with _logged_to_stderr():
        serve_webhooks(
            secret,
            ProgrammeLanding(programme),
            programme.receiver,
            host=host,
            port=port,
            ready=lambda address: tell(_introduction(programme, address)),
        )
    # A terminal has just shown "^C", and stays on that line.
    tell("\nstopped" if sys.stderr.isatty() else "stopped")


class ProgrammeLanding:
    """The programme's forms and its landing folder, as a receiver wants them."""

    def __init__(self, programme: Settings) -> None:
        """As the settings are now."""
        self._home = programme.home
        self._folder = programme.landing
        self._kinds = _kinds(programme)

    def kind(self, form_id: str) -> FormKind | None:
        """The kind of a form; winloss.toml is read again for one that is not known yet."""
        if form_id not in self._kinds:
            with suppress(SettingsError):  # somebody is editing it; what was known stays known
                self._kinds = _kinds(settings.read(self._home))
        return self._kinds.get(form_id)

    def land(self, delivered: Event, form_kind: FormKind, received_at: datetime) -> bool:
        """Land it for good; False where an earlier delivery of the same had."""
        path = receive(
            self._folder,
            delivered.item,
            form_id=delivered.form_id,
            form_kind=form_kind,
            received_at=received_at,
        )
        # Whoever came first has put the instant of receipt into the line.
        with path.open("rb") as line:
            return received_at.isoformat().encode() in line.read(_HEAD_BYTES)


def _kinds(programme: Settings) -> dict[str, FormKind]:
    return {form.id: form.kind for form in programme.typeform.forms}


def _secret(programme: Settings) -> str:
    if not programme.typeform.forms:
        raise SettingsError(
            f"No form is set in {programme.home / settings.FILE}, so nothing could be received. "
            "Add [[typeform.forms]], or publish ours: winloss forms push."
        )
    secret = programme.webhook_secret.get_secret_value()
    if not secret.strip():
        raise SettingsError(
            "There is no secret to check webhooks with. Set WINLOSS_WEBHOOK_SECRET, here and "
            "where `winloss forms push` runs; any long random text will do."
        )
    return secret


@contextmanager
def _logged_to_stderr() -> Iterator[None]:
    """One line a delivery, with its instant in UTC."""
    handler = logging.StreamHandler()
    form = logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    form.converter = time.gmtime
    handler.setFormatter(form)
    log = logging.getLogger("winloss.receiver")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(logging.NOTSET)
        log.propagate = True


def _prepare(landing: Path) -> None:
    try:
        landing.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"The folder for landing lines, {landing}, cannot be made ({error.strerror}). "
            "Check --home and who may write there."
        ) from error


def _introduction(programme: Settings, address: str) -> str:
    forms = programme.typeform.forms
    url = programme.receiver.url
    known = "\n               ".join(f"{form.kind} {form.id}" for form in forms)
    register = (
        f"`winloss forms push` has Typeform send to {url}"
        if url
        else "put your proxy's https address into winloss.toml\n"
        "                 [receiver]\n"
        '                 url = "https://…"\n'
        "               then `winloss forms push` has Typeform send there"
    )
    return f"""\
receiving at   {address}/typeform, behind a reverse proxy with TLS
its health     {address}/health
forms          {known}
lines go to    {programme.landing}
               `winloss run` and `winloss listen` take them from there
next           {register}
settings       a form added to winloss.toml later is found by itself; after any other
               change, stop and start again
to stop        Ctrl-C
"""
