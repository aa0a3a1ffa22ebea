"""An account with nothing in it, and what the tests of a push do there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import requests

from winloss.settings import TypeformSettings
from winloss.typeform.api.client import Client
from winloss.typeform.sandbox import Sandbox
from winloss.typeform.surveys.authoring import walk
from winloss.typeform.surveys.definition import definition

Json = dict[str, Any]
AT = "2026-09-01T08:00:00Z"


@contextmanager
def empty_account(folder: Path) -> Iterator[Sandbox]:
    """A sandbox without a single form."""
    (folder / "forms").mkdir(parents=True)
    (folder / "forms" / "Gone1.json").write_text(json.dumps(definition("pulse", "Gone1")))
    with Sandbox(folder) as sandbox:
        sandbox.drop_form("Gone1")
        yield sandbox


def connected(sandbox: Sandbox) -> Client:
    """A client in a hurry."""
    return connected_to(sandbox.base_url)


def connected_to(base_url: str) -> Client:
    """The same, of any address."""
    hurry: Json = {"requests_per_second": 10_000, "backoff_seconds": 0, "retries": 2}
    return Client(TypeformSettings(base_url=base_url, **hurry), "sandbox")


@contextmanager
def forgetful(sandbox: Sandbox) -> Iterator[str]:
    """The address of a Typeform that loses the ids of the questions in an update."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._pass_on(None)

        def do_PUT(self) -> None:
            form = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            for each in walk(form):
                each.pop("id", None)
            self._pass_on(json.dumps(form).encode())

        def _pass_on(self, body: bytes | None) -> None:
            url = sandbox.base_url + self.path
            with requests.Session() as session:
                headers = {"Authorization": self.headers["Authorization"]}
                answer = session.request(self.command, url, data=body, headers=headers, timeout=9)
            self.send_response(answer.status_code)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def copied(sandbox: Sandbox, form_id: str) -> Json:
    """The form as it is, to be changed and put back."""
    return dict(json.loads(json.dumps(sandbox.form(form_id))))


def field(form: Json, ref: str) -> Json:
    """A field of a form, wherever it stands."""
    return next(each for each in walk(form) if each["ref"] == ref)


def without(form: Json, ref: str) -> None:
    """Take a field out of a form, wherever it stands."""
    gone = field(form, ref)
    for holder in (form, *(each.get("properties", {}) for each in walk(form))):
        if gone in holder.get("fields", []):
            holder["fields"].remove(gone)


def answer(form: Json, ref: str, kind: str, value: object) -> Json:
    """An answer to a question of the form."""
    asked = field(form, ref)
    place = {"id": asked["id"], "ref": ref, "type": asked["type"]}
    return {"type": kind, kind: value, "field": place}


def answered(sandbox: Sandbox, form_id: str, *answers: Json, response_type: str) -> None:
    """Somebody answered, wholly or in part."""
    name = f"{response_type}{len(answers)}"
    item = {"token": name, "response_id": name, "landed_at": AT, "response_type": response_type}
    clock = {"completed": "submitted_at", "partial": "staged_at"}.get(response_type, "landed_at")
    sandbox.put(form_id, item | {clock: AT, "answers": list(answers)})


def nothing_landed(_: str) -> tuple[Json, ...]:
    """No webhook brought an answer lately."""
    return ()


def written(sandbox: Sandbox) -> list[str]:
    """The requests that change something."""
    return [each for each in sandbox.behaviour.requests if not each.startswith("GET ")]
