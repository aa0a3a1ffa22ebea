"""Recorded folders, sandboxes serving them, and settings that do not wait."""

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from winloss.settings import FormSettings, Settings, TypeformSettings
from winloss.typeform.api.client import Client, ResponseType
from winloss.typeform.sandbox import Sandbox
from winloss.typeform.surveys.definition import definition

Item = dict[str, Any]
START = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
END = START + timedelta(days=90)


def tokens_of(
    client: Client,
    form_id: str = "Lost1",
    response_type: ResponseType = "completed",
    since: datetime | None = None,
    until: datetime = END,
) -> list[str | None]:
    """The names of all responses of a form, in the order in which they come."""
    pages = client.pages(form_id, response_type=response_type, since=since, until=until)
    return [item.get("token") for page in pages for item in json.loads(page)["items"]]


@pytest.fixture
def response() -> Callable[..., Item]:
    """Make a response submitted so many minutes after the first of September, 8:00."""

    def make(token: str, minutes: float = 0, **extra: object) -> Item:
        at = (START + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
        times = {"landed_at": at, "submitted_at": at}
        return {"token": token, "response_id": token, "answers": []} | times | extra

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two invented forms, nobody has answered yet."""
    home = tmp_path / "typeform"
    (home / "forms").mkdir(parents=True)
    for form_id, kind in (("Lost1", "lost_deal"), ("Cancel1", "cancellation")):
        made = json.dumps(definition(kind, form_id))
        (home / "forms" / f"{form_id}.json").write_text(made, "utf-8")
    return home


@pytest.fixture
def sandbox(folder: Path) -> Iterator[Sandbox]:
    with Sandbox(folder) as running:
        yield running


@pytest.fixture
def reach() -> Callable[..., TypeformSettings]:
    """Make settings for an address, in a hurry."""

    def make(base_url: str, **extra: Any) -> TypeformSettings:
        hurry = {"requests_per_second": 10_000, "backoff_seconds": 0, "retries": 2}
        return TypeformSettings(base_url=base_url, **(hurry | extra))

    return make


@pytest.fixture
def programme(tmp_path: Path, reach: Callable[..., TypeformSettings]) -> Callable[..., Settings]:
    """Make a programme with both invented forms."""

    def make(base_url: str, *, token: str | None = None, **extra: Any) -> Settings:
        both = (
            FormSettings(id="Lost1", kind="lost_deal"),
            FormSettings(id="Cancel1", kind="cancellation"),
        )
        secret = SecretStr("sandbox" if token is None else token)
        typeform = reach(base_url, **({"forms": both} | extra))
        return Settings(
            company="Harbourline", home=tmp_path, typeform=typeform, typeform_token=secret
        )

    return make


Answer = Callable[[BaseHTTPRequestHandler], bytes | None]


@pytest.fixture
def answering() -> Iterator[Callable[[Answer], str]]:
    """Serve what a function answers to each request, as bytes or written by itself."""
    with ExitStack() as servers:

        def serve(answer: Answer) -> str:
            class Handler(BaseHTTPRequestHandler):
                protocol_version = "HTTP/1.1"

                def do_GET(self) -> None:
                    _reply(self, answer)

                def do_POST(self) -> None:
                    self.rfile.read(int(self.headers["Content-Length"]))
                    _reply(self, answer)

                def do_PUT(self) -> None:
                    self.do_POST()

                def log_message(self, *_: object) -> None:
                    pass

            server = servers.enter_context(_Server(("127.0.0.1", 0), Handler))
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            servers.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        yield serve


class _Server(ThreadingHTTPServer):
    """Takes it for granted that clients hang up, as some tests want them to."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def _reply(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    try:
        body = answer(handler)
        if body is not None:
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)
    except OSError:
        handler.close_connection = True
