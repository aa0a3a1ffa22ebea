"""Runs the receiver: its socket, its threads, its signals."""

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import uvicorn
from starlette.applications import Starlette

from winloss.errors import SettingsError
from winloss.settings import ReceiverSettings
from winloss.typeform.receiver.answer import Landing
from winloss.typeform.receiver.application import application
from winloss.typeform.receiver.protocol import impatient

_LANDING_THREADS = 8
_GRACE_SECONDS = 5


def serve(
    secret: str,
    landing: Landing,
    limits: ReceiverSettings,
    *,
    host: str,
    port: int,
    ready: Callable[[str], None],
) -> None:
    """Receive webhooks until told to stop by SIGTERM or Ctrl-C; what is in hand is finished.

    `ready` is told the address once it is bound; port 0 stands for any free one. Raises
    SettingsError when the address cannot be had.
    """
    with (
        _stopping_quietly(),
        listen(host, port) as listener,
        ThreadPoolExecutor(_LANDING_THREADS, "landing") as threads,
    ):
        ready(address(listener))
        server = server_of(application(secret.encode(), landing, limits, threads), limits)
        server.run([listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address; SettingsError when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise SettingsError(
            f"The receiver cannot listen on {host}:{port} ({error.strerror}); choose another "
            "--host or --port."
        ) from error


def address(listener: socket.socket) -> str:
    """Where a bound socket is reached on this machine."""
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def server_of(receiver: Starlette, limits: ReceiverSettings) -> uvicorn.Server:
    """A server that gives each connection one request and bounds its head."""
    config = uvicorn.Config(
        receiver,
        http=impatient(limits.patience_seconds),
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="critical",  # it would log what is not ours to log
        proxy_headers=False,
        server_header=False,
        headers=[("Connection", "close")],
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    return uvicorn.Server(config)


@contextlib.contextmanager
def _stopping_quietly() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, and either without a word.

    uvicorn finishes its work on both, and then raises the signal again for us.
    """
    former = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, former)
