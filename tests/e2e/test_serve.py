"""The receiver as a process: started, stopped, killed in the middle of a write, out of disk."""

import json
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from tests.e2e.serving import WINLOSS, Served, serve
from tests.typeform.receiver.sender import SECRET, answer, head, webhook

from winloss import receiving, settings
from winloss.errors import SettingsError

TOML = """
company = "Harbourline"

[[typeform.forms]]
id = "Lost1"
kind = "lost_deal"

[[typeform.forms]]
id = "Won1"
kind = "won_deal"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A programme with two forms."""
    (tmp_path / settings.FILE).write_text(TOML, "utf-8")
    return tmp_path


class Started(Exception):  # noqa: N818 (what should not have happened)
    """The receiver listens, and would not come back."""


def refused(home: Path, port: int = 0) -> str:
    """Why `serve` does not start."""

    def started(_: str) -> None:
        raise Started

    with pytest.raises(SettingsError) as refusal:
        receiving.serve(home, host="127.0.0.1", port=port, tell=started)
    return str(refusal.value)


def test_it_says_where_it_listens_and_what_next(home: Path) -> None:
    with serve(home, url="https://hooks.harbourline.test/typeform") as served:
        served.send(webhook())
        served.send(webhook("tok2"), signature="sha256=no")
        code, log = served.stop()

    assert code == 0
    for part in ("lost_deal Lost1", "won_deal Won1", str(home / "landing"), "/health", "Ctrl-C"):
        assert part in served.introduction
    assert "has Typeform send to https://hooks.harbourline.test/typeform" in served.introduction
    assert re.fullmatch(
        r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) 200 lost_deal completed: landed\n"
        r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) 401 refused, the signature is missing or wrong\n"
        r"stopped\n",
        log,
    )
    assert SECRET.decode() not in served.introduction + log


def test_without_an_address_it_says_how_to_register(home: Path) -> None:
    """As it is to be typed: what stands there is TOML."""
    with serve(home) as served:
        pass
    start = served.introduction.index("[receiver]")
    typed = served.introduction[start : served.introduction.index("then `winloss forms push`")]

    assert tomllib.loads(typed) == {"receiver": {"url": "https://…"}}


def test_without_a_secret_it_does_not_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, and exit code 1."""
    command = [WINLOSS, "serve", "--home", str(home), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(
        r"winloss: There is no secret .+ Set WINLOSS_WEBHOOK_SECRET.+\n", done.stderr
    )
    monkeypatch.setenv("WINLOSS_WEBHOOK_SECRET", "  ")
    assert "Set WINLOSS_WEBHOOK_SECRET" in refused(home)


def test_without_forms_it_does_not_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINLOSS_WEBHOOK_SECRET", SECRET.decode())
    (home / settings.FILE).write_text('company = "Harbourline"', "utf-8")

    assert "winloss forms push" in refused(home)


def test_where_it_cannot_listen_it_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINLOSS_WEBHOOK_SECRET", SECRET.decode())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = refused(home, taken.getsockname()[1])

    assert "choose another --host or --port" in said


def test_where_it_cannot_land_it_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINLOSS_WEBHOOK_SECRET", SECRET.decode())
    (home / "landing").write_text("in the way", "utf-8")

    assert f"{home / 'landing'}, cannot be made" in refused(home)


def expected(served: Served, body: bytes) -> socket.socket:
    """A connection whose body is waited for: the head has been read."""
    opened = served.connect()
    opened.sendall(head(body, extra="Expect: 100-continue\r\n"))
    assert opened.recv(1000).startswith(b"HTTP/1.1 100 ")
    return opened


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_what_is_in_hand(home: Path, by: signal.Signals) -> None:
    """A body that has not come in when the signal arrives is landed and acknowledged."""
    body = webhook("inhand")
    with serve(home) as served, expected(served, body) as opened:
        served.process.send_signal(by)
        time.sleep(0.3)
        opened.sendall(body)

        assert answer(opened).startswith(b"HTTP/1.1 200 ")
        assert served.stop(by)[0] == 0
    assert served.tokens() == ["inhand"]


@pytest.mark.slow
def test_who_never_finishes_does_not_hold_it_up(home: Path) -> None:
    """Stopping is bounded too: by seconds that are ours, not the client's."""
    patient = serve(home, patience_seconds=300)
    with patient as served, expected(served, webhook()), served.connect():
        assert served.stop()[0] == 0
    assert served.lines() == []


def acknowledged(served: Served, tokens: list[str]) -> set[str]:
    """Send each response at once, and give those that were promised to be landed."""

    def send(token: str) -> bool:
        try:
            return served.send(webhook(token, padding="x" * 50_000)).status_code == 200
        except requests.RequestException:
            return False

    with ThreadPoolExecutor(8) as senders:
        return {
            token for token, is_so in zip(tokens, senders.map(send, tokens), strict=True) if is_so
        }


@pytest.mark.slow
def test_killed_in_the_middle_of_writing(home: Path) -> None:
    """No half line is ever to be loaded, no promised one is missing, and a repeat completes it."""
    tokens = [f"tok{number:03}" for number in range(120)]
    promised: set[str] = set()
    for wait in (0.05, 0.15):
        with serve(home) as served:
            killer = threading.Timer(wait, served.process.kill)
            killer.start()
            promised |= acknowledged(served, tokens)
            killer.join()
            assert promised <= set(served.tokens())
    with serve(home) as served:
        assert acknowledged(served, tokens) == set(tokens)

        assert served.tokens() == tokens


def test_two_receivers_on_one_folder(home: Path) -> None:
    """As while one is started anew beside the other: each response lands once."""
    tokens = [f"tok{number:03}" for number in range(40)]
    with serve(home) as one, serve(home) as other, ThreadPoolExecutor(2) as both:
        promised = both.map(lambda served: acknowledged(served, tokens), (one, other))

        assert [set(tokens)] * 2 == list(promised)
        assert one.tokens() == tokens


@pytest.fixture
def small_disk(tmp_path: Path) -> Callable[[Path], tuple[str, ...]]:
    """What to start a process with, so that it alone sees a disk of 64 KB at a folder."""
    tool = shutil.which("unshare")
    alone = (str(tool), "--user", "--map-root-user", "--mount", "sh", "-c")
    mount = 'mount -t tmpfs -o size=64k tmpfs "$0" && exec "$@"'
    if not tool or subprocess.run([*alone, mount, tmp_path, "true"], check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk of their own")
    return lambda folder: (*alone, mount, str(folder))


def test_a_full_disk_loses_and_invents_nothing(
    home: Path, small_disk: Callable[[Path], tuple[str, ...]]
) -> None:
    """A real one: what does not fit is refused for a repeat, and lands once there is room."""
    (home / "landing").mkdir()
    tokens = [f"tok{number}" for number in range(6)]
    bodies = {token: webhook(token, padding="x" * 20_000) for token in tokens}
    with serve(home, *small_disk(home / "landing")) as served:
        seen = Path(f"/proc/{served.process.pid}/root/{home}/landing")
        answers = {token: served.send(body) for token, body in bodies.items()}
        landed = [token for token in tokens if answers[token].status_code == 200]
        refused = [token for token in tokens if token not in landed]

        assert landed
        assert refused
        assert {answers[token].status_code for token in refused} == {503}
        assert "No space left on device" in answers[refused[0]].text
        assert whole(seen) == landed
        assert not [path for path in seen.rglob("*") if path.suffix == ".part"]

        for path in list(seen.rglob("*.ndjson")):
            path.unlink()
        assert [served.send(bodies[token]).status_code for token in refused[:2]] == [200, 200]
        assert whole(seen) == refused[:2]
        code, log = served.stop()
    assert code == 0
    assert "503 lost_deal completed: not landed (No space left on device)" in log


def test_any_failure_to_write_is_repeated_by_typeform(home: Path) -> None:
    """Where nobody may mount a disk too: a file that is too large is refused by the system."""
    limited = ("sh", "-c", 'ulimit -f 16 && exec "$0" "$@"')
    with serve(home, *limited) as served:
        refused = served.send(webhook("large", padding="x" * 20_000))

        assert refused.status_code == 503
        assert "File too large" in refused.text
        assert served.send(webhook("small")).status_code == 200
        assert served.tokens() == ["small"]
        assert [path.suffix for path in (home / "landing").rglob("*.*")] == [".ndjson"]


def whole(landing: Path) -> list[str]:
    """Whose responses have landed, each line read as a whole."""
    lines = [path.read_bytes() for path in sorted(landing.rglob("*.ndjson"))]
    assert all(line.endswith(b"}\n") for line in lines)
    return sorted(json.loads(line)["item"]["token"] for line in lines)
