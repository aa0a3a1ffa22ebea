"""A loopback Typeform: the Responses, Create and Webhooks APIs over real HTTP, from a folder.

What is put in, replaced or dropped while it runs stays in memory.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from winloss import wording
from winloss.errors import TypeformError
from winloss.typeform.sandbox import webhooks
from winloss.typeform.sandbox.app import create
from winloss.typeform.sandbox.behaviour import Behaviour, Fault
from winloss.typeform.sandbox.folder import load
from winloss.typeform.sandbox.forms import retyped
from winloss.typeform.sandbox.items import Json
from winloss.typeform.sandbox.store import Store
from winloss.typeform.sandbox.webhooks import Delivery, EventType

_START_SECONDS = 30


class Sandbox:
    """Serves a folder on a free port of 127.0.0.1 for as long as the context lasts.

    `behaviour` may be changed while it runs, and lists the requests seen.
    """

    def __init__(
        self,
        folder: Path,
        *,
        token: str = "sandbox",  # noqa: S107 (no secret: it opens nothing but this)
        requests_per_second: float | None = None,
    ) -> None:
        """Raises TypeformError when the folder holds no forms.

        `requests_per_second` switches the account-wide limit on; Typeform's is 2.
        """
        self.behaviour = Behaviour(token, requests_per_second)
        self._store = load(folder)
        self._socket = _listen("127.0.0.1", 0)
        self._server = _server(create(self._store, self.behaviour))
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="sandbox", daemon=True
        )

    @property
    def base_url(self) -> str:
        """What to set typeform.base_url to."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        """The sandbox, answering."""
        self._thread.start()
        waited_until = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > waited_until:
                raise TypeformError("The sandbox did not start; try again.")
            time.sleep(0.005)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop answering and free the port."""
        self._server.should_exit = True
        self._thread.join()

    def put(self, form_id: str, response: Json | str) -> None:
        """Add or replace a response by its token; text is served as it stands."""
        self._store.put(form_id, response)

    def drop(self, form_id: str, token: str) -> None:
        """Delete a response."""
        self._store.drop(form_id, token)

    def drop_form(self, form_id: str) -> None:
        """Delete a form; from now on it answers 404."""
        self._store.drop_form(form_id)

    def complete(self, form_id: str, token: str, **changed: object) -> None:
        """Turn a partial response into a completed one of the same name, at this moment.

        `changed` are keys of the response to set besides, such as its answers.
        """
        item = self._response(form_id, token)
        at = self.behaviour.instant().strftime("%Y-%m-%dT%H:%M:%SZ")
        kept = {name: value for name, value in item.items() if name != "staged_at"}
        done = {"response_type": "completed", "submitted_at": at}
        self._store.put(form_id, kept | done | changed)

    def retype(self, form_id: str, ref: str, field_type: str) -> None:
        """Give a question another type, as an editor may; earlier answers stay as they are."""
        self._store.put_form(form_id, retyped(self.form(form_id), ref, field_type))

    def form(self, form_id: str) -> Json:
        """A form as it is now; raises TypeformError when there is none."""
        found = self._store.form(form_id)
        if found is None:
            raise TypeformError(f"The sandbox has no form {form_id}; check its folder.")
        return found

    def put_form(self, form_id: str, definition: Json) -> None:
        """Create or replace a form as it stands, without the checks of the Create API."""
        self._store.put_form(form_id, definition)

    def delivery(
        self,
        form_id: str,
        token: str,
        *,
        event_type: EventType = "form_response",
        is_test: bool = False,
    ) -> Delivery:
        """What `deliver` would post, byte for byte, to send it again, late or changed."""
        return webhooks.delivery(
            self._store, form_id, token, event_type=event_type, is_test=is_test
        )

    def deliver(
        self,
        form_id: str,
        token: str,
        *,
        event_type: EventType = "form_response",
        is_test: bool = False,
    ) -> int:
        """Post a response to the form's enabled webhook once; the HTTP status answered.

        A test's event_id is the response's token. Raises TypeformError when there is
        nothing to deliver or nobody to deliver it to.
        """
        sent = self.delivery(form_id, token, event_type=event_type, is_test=is_test)
        return webhooks.send(self._store, form_id, sent)

    def _response(self, form_id: str, token: str) -> Json:
        found = self._store.response(form_id, token)
        if found is None:
            raise TypeformError(f"Form {form_id} has no response {token}; put it first.")
        return found.item

    def fail(self, *faults: Fault) -> None:
        """Spoil the next answers, one each, in this order."""
        self.behaviour.faults.extend(faults)


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    token: str = "sandbox",  # noqa: S107 (no secret: it opens nothing but this)
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a folder until interrupted, and log each request.

    `tell` is given first what is served where, and what to do next. Raises TypeformError when
    the folder holds no forms or the address is taken.
    """
    store = _load(folder)
    config = uvicorn.Config(
        create(store, Behaviour(token)),
        host=host,
        port=port,
        http="h11",
        ws="none",
        lifespan="off",
    )
    # Our own socket: uvicorn would end the process where it is taken, not say what to do.
    with _listen(host, port) as listener, contextlib.suppress(KeyboardInterrupt):
        url = f"http://{host}:{listener.getsockname()[1]}"
        tell(_introduction(store, folder, url, token))
        uvicorn.Server(config).run([listener])


def _load(folder: Path) -> Store:
    try:
        return load(folder)
    except TypeformError as error:
        inside = folder / "typeform"
        if not (inside / "forms").is_dir():
            raise
        raise TypeformError(
            f"{folder} holds no forms, but {inside} does. Serve that: `winloss sandbox {inside}`."
        ) from error


def _introduction(store: Store, folder: Path, url: str, token: str) -> str:
    forms = wording.counted(len(store.forms()), "form")
    responses = wording.counted(store.response_count(), "response")
    return f"""\
serving at     {url}, as Typeform would
its token      {token}
it serves      {forms} and {responses} from {folder}
next           in another terminal
                 export WINLOSS_TYPEFORM_TOKEN={token}
               and in winloss.toml of the programme that is to read it
                 [typeform]
                 base_url = "{url}"
               then `winloss run --home <its folder>`
to stop        Ctrl-C
"""


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise TypeformError(
            f"The sandbox cannot listen on {host}:{port} ({error.strerror}); choose another port."
        ) from error


def _server(application: ASGIApp) -> uvicorn.Server:
    config = uvicorn.Config(
        application,
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="critical",
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)
