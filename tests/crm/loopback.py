"""A vendor on 127.0.0.1: real HTTP, a list of the requests seen, and faults put before answers."""

import json
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    verb: str
    path: str
    parameters: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True)
class Answered:
    """An answer; a body that is no text is sent as JSON."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False
    """Break the line off in the middle of the body."""


class Loopback:
    """Serves `answer` for as long as the context lasts."""

    def __init__(self) -> None:
        self.seen: list[Asked] = []
        self.faults: deque[Answered] = deque()
        """Given, one a request, instead of what would be said."""
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                loopback._serve(self, "GET")

            def do_POST(self) -> None:
                loopback._serve(self, "POST")

            def log_message(self, *_: object) -> None:
                """Tests read `seen`."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, asked: Asked) -> Answered:
        raise LookupError(asked.path)

    def _serve(self, handler: BaseHTTPRequestHandler, verb: str) -> None:
        parts = urlsplit(handler.path)
        length = int(handler.headers.get("Content-Length") or 0)
        asked = Asked(
            verb,
            parts.path,
            parse_qs(parts.query, keep_blank_values=True),
            dict(handler.headers.items()),
            handler.rfile.read(length).decode(),
        )
        self.seen.append(asked)
        answered = self.faults.popleft() if self.faults else self.answer(asked)
        self._send(handler, answered)

    def _send(self, handler: BaseHTTPRequestHandler, answered: Answered) -> None:
        is_text = isinstance(answered.body, str)
        text = answered.body if is_text else json.dumps(answered.body)
        handler.send_response(answered.status)
        handler.send_header("Content-Type", "text/html" if is_text else "application/json")
        for name, value in answered.headers.items():
            handler.send_header(name, value)
        data = text.encode()
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data[: len(data) // 2] if answered.is_cut else data)
        if answered.is_cut:
            handler.close_connection = True
