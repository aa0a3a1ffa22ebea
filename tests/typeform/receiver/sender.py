"""A receiver on loopback, and somebody who signs and sends as Typeform does."""

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from winloss import receiving, settings
from winloss.settings import ReceiverSettings
from winloss.typeform.receiver.answer import Landing
from winloss.typeform.receiver.application import application
from winloss.typeform.receiver.server import listen, server_of

SECRET = b"a webhook secret of tests"


@dataclass(frozen=True)
class Running:
    """A receiver that answers, and the programme it lands for."""

    home: Path
    port: int

    def send(
        self, body: bytes | Iterator[bytes], signature: str | None = None, path: str = "/typeform"
    ) -> requests.Response:
        """Post a body as Typeform does, signed rightly unless told otherwise."""
        if signature is None:
            assert isinstance(body, bytes)
            signature = sign(body)
        return requests.post(
            f"http://127.0.0.1:{self.port}{path}",
            data=body,
            headers={"Typeform-Signature": signature, "Content-Type": "application/json"},
            timeout=20,
        )

    def connect(self) -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def begin(self, body: bytes, sent: int, *, length: int | None = None) -> socket.socket:
        """Post so many bytes of a signed body, and keep the connection; `length` may lie."""
        opened = self.connect()
        opened.sendall(head(body, length=length) + body[:sent])
        return opened

    def lines(self) -> list[dict[str, Any]]:
        """Every line landed, as the loader would find it."""
        return [
            json.loads(line)
            for file in sorted((self.home / "landing").rglob("*.ndjson"))
            for line in file.read_bytes().splitlines()
        ]

    def tokens(self) -> list[str]:
        """Of every line landed, whose response it is."""
        return sorted(line["item"]["token"] for line in self.lines())


def sign(body: bytes, secret: bytes = SECRET) -> str:
    """The header that typeform.com/developers/webhooks/secure-your-webhooks describes."""
    digest = hmac.new(secret, body, hashlib.sha256).digest()
    return f"sha256={base64.b64encode(digest).decode()}"


def head(body: bytes, *, length: int | None = None, extra: str = "") -> bytes:
    """A request up to its body."""
    return (
        "POST /typeform HTTP/1.1\r\nHost: receiver\r\n"
        f"Typeform-Signature: {sign(body)}\r\n{extra}"
        f"Content-Length: {len(body) if length is None else length}\r\n\r\n"
    ).encode()


def webhook(  # a token names a response here, and opens nothing
    token: object = "tok1",  # noqa: S107
    event: str = "form_response",
    **said: object,
) -> bytes:
    """A webhook's body; what is said beside replaces members of `form_response`."""
    response = {
        "form_id": "Lost1",
        "token": token,
        "landed_at": "2026-09-01T08:00:00Z",
        "submitted_at": "2026-09-01T08:05:00Z",
        "hidden": {"account_id": "ACC-77"},
        "definition": {"id": "Lost1", "title": "Why", "fields": []},
        "answers": [
            {"type": "text", "text": "Schade, zu teuer", "field": {"ref": "why", "id": "f1"}}
        ],
    }
    made = {
        "event_id": f"event-{token}",
        "event_type": event,
        "form_response": response | said,
    }
    return json.dumps(made, ensure_ascii=False).encode()


def answer(opened: socket.socket) -> bytes:
    """All that comes until the other side ends the connection."""
    found = b""
    opened.settimeout(10)
    with suppress(ConnectionResetError):
        while chunk := opened.recv(65536):
            found += chunk
    return found


@contextmanager
def serving(home: Path, limits: ReceiverSettings, landing: Landing | None = None) -> Iterator[int]:
    """A receiver for a programme's folder in a thread of this process; gives its port."""
    landing = landing or receiving.ProgrammeLanding(settings.read(home))
    with ThreadPoolExecutor(8) as threads, listen("127.0.0.1", 0) as listener:
        server = server_of(application(SECRET, landing, limits, threads), limits)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        while not server.started:
            time.sleep(0.002)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()
