"""The loopback Typeform serves a folder, and leaves nothing behind."""

import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest
import requests

from winloss.errors import TypeformError
from winloss.typeform.sandbox import Sandbox, serve
from winloss.typeform.sandbox.folder import load

BEARER = {"Authorization": "Bearer sandbox"}


def test_the_flat_layout_is_served_too(tmp_path, response):
    (tmp_path / "responses").mkdir()
    (tmp_path / "form.json").write_text('{"id": "Flat1", "title": "Flat"}')
    for number in (1, 2):
        page = {"items": [response(f"t{number}", number)]}
        (tmp_path / "responses" / f"page_{number}.json").write_text(json.dumps(page))

    with Sandbox(tmp_path) as sandbox:
        answer = requests.get(
            f"{sandbox.base_url}/forms/Flat1/responses", headers=BEARER, timeout=10
        )

    assert [item["token"] for item in answer.json()["items"]] == ["t2", "t1"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("other.json", "{}", "holds no forms"),
        ("form.json", "{", "cannot be read as JSON"),
        ("form.json", "[]", "not a JSON object"),
    ],
)
def test_a_folder_that_cannot_be_served_says_why(tmp_path, name, text, said):
    (tmp_path / name).write_text(text)

    with pytest.raises(TypeformError, match=said):
        Sandbox(tmp_path)


def test_a_programmes_folder_names_the_one_inside(tmp_path, folder):
    shutil.copytree(folder, tmp_path / "programme" / "typeform")

    with pytest.raises(TypeformError, match=r"winloss sandbox \S+/programme/typeform`"):
        serve(tmp_path / "programme")


def test_it_says_first_what_to_do_next(folder, response):
    """Before uvicorn's lines: where, how much of what, and how a programme comes to read it."""
    kept = load(folder)
    for form in kept.forms():
        pages = folder / "responses" / form["id"]
        pages.mkdir(parents=True, exist_ok=True)
        items = [response(f"{form['id']}{number}", number) for number in range(600)]
        (pages / "page_1.json").write_text(json.dumps({"items": items}))

    class Told(Exception):  # noqa: N818 (an end, not an error)
        pass

    def tell(said):
        raise Told(said)

    with pytest.raises(Told) as told:
        serve(folder, port=0, token="opens", tell=tell)

    said = str(told.value)
    (url,) = set(re.findall(r"http://127\.0\.0\.1:\d+", said))
    assert not url.endswith(":0")
    assert f'base_url = "{url}"' in said
    assert "export WINLOSS_TYPEFORM_TOKEN=opens\n" in said
    assert len(kept.forms()) == 2
    assert f"two forms and 1,200 responses from {folder}\n" in said


def test_a_taken_port_says_so(folder, sandbox):
    port = int(sandbox.base_url.rsplit(":", 1)[1])

    with pytest.raises(TypeformError, match=f"127.0.0.1:{port}.*another port"):
        serve(folder, port=port)


def test_nothing_is_left_running(folder):
    before = threading.active_count()

    with Sandbox(folder) as sandbox:
        address = sandbox.base_url

    assert threading.active_count() == before
    with pytest.raises(requests.ConnectionError):
        requests.get(address, timeout=1)


def test_serving_ends_quietly_when_interrupted(folder, tmp_path):
    """Ctrl-C frees the port and leaves no traceback."""
    with Sandbox(folder) as lent:
        port = lent.base_url.rsplit(":", 1)[1]
    code = "import sys, pathlib; from winloss import typeform; "
    code += "typeform.serve(pathlib.Path(sys.argv[1]), port=int(sys.argv[2]))"
    log = (tmp_path / "log").open("w+")
    with log, subprocess.Popen([sys.executable, "-c", code, str(folder), port], stderr=log) as run:
        patience = time.monotonic() + 30
        while "Started" not in (tmp_path / "log").read_text() and time.monotonic() < patience:
            time.sleep(0.05)
        answer = requests.get(f"http://127.0.0.1:{port}/me", headers=BEARER, timeout=10)
        run.send_signal(signal.SIGINT)
        code_left = run.wait(timeout=20)

    assert answer.status_code == 200
    assert code_left == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_a_folder_tells_the_latest_state_of_each_response(tmp_path):
    """Pages hold the newest first; who left off and finished later has finished."""
    (tmp_path / "forms").mkdir()
    pages = tmp_path / "responses" / "F"
    pages.mkdir(parents=True)
    (tmp_path / "forms" / "F.json").write_text(json.dumps({"id": "F", "fields": []}))
    done = {"token": "t", "submitted_at": "2026-09-12T09:40:00Z"}
    begun = {"token": "t", "submitted_at": "0001-01-01T00:00:00Z", "staged_at": "2026-09-10"}
    (pages / "page_1.json").write_text(json.dumps({"items": [done, begun]}))

    (stored,) = load(tmp_path).responses("F")

    assert stored.item == done
