"""One thread's connections: a whole answer within bounds, or what kept it from coming."""

import contextlib
import re
import socket
import threading
import weakref
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ReadTimeoutError

from winloss.errors import SettingsError, TypeformError, TypeformRefused
from winloss.settings import TypeformSettings
from winloss.typeform.api.judging import READING, Answer, Passing, Question

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_LONGEST_CONNECT = 10.0
_WHOLE_ANSWER = 10
"""How many times the patience with one silence a whole answer may take."""
_MOST_BYTES = 2**29
_CHUNK = 2**18
_ADDRESS_ERRORS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
)


class Bearer(requests.auth.AuthBase):
    """The token as a header, put on last so that no .netrc can replace it."""

    def __init__(self, token: str, scopes: str = READING) -> None:
        """Raises SettingsError, naming the scopes it needs, when the token cannot be one."""
        self._header = f"Bearer {token.strip()}"
        # Checked here because http.client would print a header it refuses.
        if not re.fullmatch(r"Bearer [!-~]+", self._header):
            raise SettingsError(
                "WINLOSS_TYPEFORM_TOKEN is not set or holds characters no token has. "
                f"Make a personal token in Typeform with {scopes}."
            )

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Put the header on."""
        request.headers["Authorization"] = self._header
        return request


class Wire:
    """A session of one thread (requests does not promise that sessions may be shared)."""

    def __init__(self, settings: TypeformSettings, bearer: Bearer) -> None:
        """Opens nothing yet."""
        self._base = settings.base_url.rstrip("/")
        self._silence = settings.timeout_seconds
        self._lines = _Lines()
        self._session = _Session()
        self._session.auth = bearer
        self._session.mount("http://", self._lines)
        self._session.mount("https://", self._lines)
        # A proxy from the environment cannot reach our own loopback.
        self._session.trust_env = urlsplit(self._base).hostname not in _LOOPBACK

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def end(self) -> None:
        """End whatever is under way or begins later; may be called from any thread."""
        self._lines.is_over = True
        self._lines.cut()

    def send(self, question: Question) -> Answer:
        """The whole answer.

        Raises Passing where another try may help, SettingsError for an address that cannot
        be one, and TypeformError for an answer too large to be one.
        """
        if not question.may_repeat:
            # What is lost on a connection that went stale is lost without a trace.
            self._session.close()
        with self._within(_WHOLE_ANSWER * self._silence):
            return self._answer(question)

    def _answer(self, question: Question) -> Answer:
        with self._session.request(
            question.verb,
            self._base + question.path,
            params=question.parameters,
            data=question.body,
            headers={} if question.body is None else {"Content-Type": "application/json"},
            timeout=(min(self._silence, _LONGEST_CONNECT), self._silence),
            # A redirected PUT would turn into a GET, and look like success.
            allow_redirects=question.verb == "GET",
            stream=True,
        ) as response:
            body = _whole(response, question.about)
            return Answer(response.status_code, response.headers.get("Retry-After"), body)

    @contextlib.contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Cut the line after so many seconds: requests itself only bounds each silence."""
        is_late = threading.Event()
        late = f"no whole answer within {seconds:g} seconds"

        def end() -> None:
            is_late.set()
            self._lines.cut()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except _ADDRESS_ERRORS as error:
            raise SettingsError(
                f"typeform.base_url {self._base!r} is not an address such as "
                "https://api.typeform.com."
            ) from error
        except requests.RequestException as error:
            if is_late.is_set():
                raise Passing(late) from error
            raise _passing(error, self._silence) from error
        else:
            # A body of unsaid length that is cut looks like one that ended.
            if is_late.is_set():
                raise Passing(late)
        finally:
            timer.cancel()


class _Session(requests.Session):
    """Follows redirects within the host that was asked, never to another one."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Where the answer points to; raises TypeformRefused where that is another host."""
        target = super().get_redirect_target(resp)
        if target is None:
            return None
        try:
            asked, other = urlsplit(resp.url), urlsplit(urljoin(resp.url, target))
        except ValueError:
            # No address at all, as the library will find.
            return target
        if other.netloc == asked.netloc and other.scheme in (asked.scheme, "https"):
            return target
        resp.close()
        raise TypeformRefused(
            f"{asked.netloc} sends us on to another host, {other.netloc or other.scheme}; nothing "
            "was read there. If your account is kept there, set typeform.base_url in winloss.toml "
            "to it."
        )


class _Lines(HTTPAdapter):
    """Connections that can be cut while another thread waits on them."""

    def __init__(self) -> None:
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._watched_pools: set[Any] = set()
        self._lock = threading.Lock()
        self.is_over = False
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        """As the library makes it, but telling of each connection."""
        super().init_poolmanager(*arguments, **named)
        self._watch(self.poolmanager)

    def proxy_manager_for(self, *arguments: Any, **named: Any) -> PoolManager:  # noqa: ANN401
        """The same for a proxy's connections."""
        manager: PoolManager = super().proxy_manager_for(*arguments, **named)
        self._watch(manager)
        return manager

    def cut(self) -> None:
        with self._lock:
            sockets = list(self._sockets)
        for each in sockets:
            with contextlib.suppress(OSError):
                # Not the TLS socket's own way, which drops what the reader still holds.
                socket.socket.shutdown(each, socket.SHUT_RDWR)

    def _watch(self, manager: PoolManager) -> None:
        manager.pool_classes_by_scheme = {
            scheme: self._watched(pool) for scheme, pool in manager.pool_classes_by_scheme.items()
        }

    def _watched(self, pool: Any) -> Any:  # noqa: ANN401 (either of two unrelated pools)
        # A proxy's manager is asked for anew with every request.
        if pool in self._watched_pools:
            return pool

        def made(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            line = pool.ConnectionCls(*arguments, **named)
            connect = line.connect

            def watched() -> None:
                connect()
                # Kept itself: a line lets go of it while a last answer is still being read.
                with self._lock:
                    self._sockets.add(line.sock)
                if self.is_over:
                    self.cut()

            line.connect = watched
            return line

        watched_pool = type(pool.__name__, (pool,), {"ConnectionCls": staticmethod(made)})
        self._watched_pools.add(watched_pool)
        return watched_pool


def _whole(response: requests.Response, about: str) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > _MOST_BYTES:
            raise TypeformError(
                f"The answer about {about} is larger than {_MOST_BYTES >> 20} MB. "
                "Set typeform.page_size lower in winloss.toml."
            )
    return bytes(body)


def _passing(error: requests.RequestException, silence: float) -> Passing:
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    if isinstance(error, requests.Timeout) or isinstance(reason, ReadTimeoutError):
        never = isinstance(error, requests.ConnectTimeout)
        return Passing(f"no answer within {silence:g} seconds", never_arrived=never)
    if isinstance(error, requests.exceptions.SSLError):
        return Passing("no secure connection")
    if isinstance(error, requests.ConnectionError):
        never = isinstance(reason, NewConnectionError | ConnectTimeoutError)
        return Passing("no connection", never_arrived=never)
    return Passing("the answer broke off")
