"""A loopback Typeform: the Responses and Create APIs over real HTTP, from a folder.

What is put in, replaced or dropped while it runs stays in memory.
"""

import contextlib
import socket
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette

from winloss.errors import TypeformError
from winloss.typeform.sandbox_app import Behaviour, Fault, create
from winloss.typeform.sandbox_store import Json, load

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

    def fail(self, *faults: Fault) -> None:
        """Spoil the next answers, one each, in this order."""
        self.behaviour.faults.extend(faults)


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    token: str = "sandbox",  # noqa: S107 (no secret: it opens nothing but this)
) -> None:
    """Serve a folder until interrupted, and log each request.

    Raises TypeformError when the folder holds no forms or the address is taken.
    """
    application = create(load(folder), Behaviour(token))
    _listen(host, port).close()  # uvicorn itself would end the process, not say what to do
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.run(application, host=host, port=port, http="h11", ws="none", lifespan="off")


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise TypeformError(
            f"The sandbox cannot listen on {host}:{port} ({error.strerror}); choose another port."
        ) from error


def _server(application: Starlette) -> uvicorn.Server:
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
