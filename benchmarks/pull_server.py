"""Serves the pages of `benchmarks/pull.py` as Typeform would, without its limit of requests.

Run as a process of its own: `python benchmarks/pull_server.py FOLDER`; prints its address.
Pages lie ready on disk, so that no contestant waits for them to be put together. What they
cannot answer truly (another page size, a window that cuts through them) is refused.
"""

import json
import sys
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "sandbox"  # noqa: S105 (no secret: it opens nothing but this)
MOST = 1000


class Handler(BaseHTTPRequestHandler):
    """Answers for a form's definition and for its pages of responses."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, folder: Path, index: dict[str, Any], *request: Any) -> None:  # noqa: ANN401
        """`request` is the server's own."""
        self._folder = folder
        self._index = index
        super().__init__(*request)

    def do_GET(self) -> None:
        """Answer with a file, or say no as Typeform does."""
        asked = urlsplit(self.path)
        parameters = {name: values[-1] for name, values in parse_qs(asked.query).items()}
        if self.headers.get("Authorization", "").casefold() != f"bearer {TOKEN}":
            self._refuse(HTTPStatus.FORBIDDEN, "AUTHENTICATION_ERROR")
            return
        parts = asked.path.strip("/").split("/")
        form = self._index["forms"].get(parts[1]) if parts[0] == "forms" and parts[1:] else None
        if form is None:
            self._refuse(HTTPStatus.NOT_FOUND, "FORM_NOT_FOUND")
        elif parts[2:] == ["responses"]:
            self._responses(self._folder / parts[1], form["pages"], parameters)
        else:
            self._send(HTTPStatus.OK, (self._folder / parts[1] / "form.json").read_bytes())

    def _responses(
        self, folder: Path, pages: dict[str, list[dict[str, str]]], given: dict[str, str]
    ) -> None:
        kept = pages.get(given.get("response_type", "completed"))
        is_whole = "since" not in given and given.get("until", "9999") >= self._index["newest"]
        if kept is None or given.get("page_size") != str(MOST) or not is_whole:
            self._refuse(HTTPStatus.BAD_REQUEST, "VALIDATION_ERROR")
            return
        ends = [page["last"] for page in kept]
        number = ends.index(given["before"]) + 1 if given.get("before") in ends else 0
        if number < len(kept):
            self._send(HTTPStatus.OK, (folder / kept[number]["file"]).read_bytes())
        else:
            self._send(HTTPStatus.OK, b'{"total_items":0,"page_count":0,"items":[]}')

    def _refuse(self, status: HTTPStatus, code: str) -> None:
        self._send(status, json.dumps({"code": code, "description": status.phrase}).encode())

    def _send(self, status: HTTPStatus, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002, ANN401 (as inherited)
        """Say nothing: the terminal belongs to the figures."""


def main() -> None:
    """Serve until killed."""
    folder = Path(sys.argv[1])
    index = json.loads((folder / "index.json").read_text("utf-8"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, folder, index))
    server.daemon_threads = True
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
