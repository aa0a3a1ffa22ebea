"""What a webhook brings is in the figures once, and stays what it is, whatever is sent again."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import requests
from tests.programmes import programme_file
from tests.typeform.receiver.sender import SECRET, Running, serving, webhook

from winloss import settings, steps, typeform, warehouse
from winloss.settings import ReceiverSettings
from winloss.typeform.sandbox import Sandbox
from winloss.typeform.surveys.definition import definition

TOML = programme_file({"Lost1": "lost_deal"})
PARTIAL: Final = "form_response_partial"


@dataclass(frozen=True)
class Programme:
    """A programme, its Typeform, and its receiver, where Typeform has its webhook."""

    home: Path
    sandbox: Sandbox
    receiver: Running

    def answered(self, text: str, kind: str = "completed", minutes: int = 5) -> dict[str, Any]:
        """Have the response `tok1` say this at Typeform now."""
        clock = "submitted_at" if kind == "completed" else "staged_at"
        made = {
            "token": "tok1",
            "response_id": "tok1",
            "response_type": kind,
            "landed_at": "2026-09-01T08:00:00Z",
            clock: f"2026-09-01T08:{minutes:02}:00Z",
            "answers": [
                {
                    "type": "text",
                    "text": text,
                    "field": {"id": "f1", "type": "long_text", "ref": "why_written"},
                }
            ],
        }
        self.sandbox.put("Lost1", made)
        return made

    def load(self, *, is_pulled: bool) -> list[tuple[Any, ...]]:
        """Pull, or only listen; then each response as the figures see it, with its answers."""
        at = datetime.now(UTC)
        pulls = steps.pull(self.home, at) if is_pulled else typeform.Pulls((), ())
        steps.land(self.home, pulls, at)
        steps.build(self.home, at)
        with warehouse.reading(self.home / "warehouse.duckdb") as connection:
            return connection.execute(
                "select response_type, received_by, text_value from staging.responses "
                "left join staging.answers using (response_key) order by all"
            ).fetchall()


@pytest.fixture
def programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Programme]:
    """One form, registered."""
    home = tmp_path / "programme"
    (home / "typeform" / "forms").mkdir(parents=True)
    made = json.dumps(definition("lost_deal", "Lost1"))
    (home / "typeform" / "forms" / "Lost1.json").write_text(made, "utf-8")
    (home / settings.FILE).write_text(TOML, "utf-8")
    with (
        Sandbox(home / "typeform") as sandbox,
        serving(home, ReceiverSettings()) as port,
    ):
        monkeypatch.setenv("WINLOSS_TYPEFORM__BASE_URL", sandbox.base_url)
        monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", "sandbox")
        requests.put(
            f"{sandbox.base_url}/forms/Lost1/webhooks/winloss",
            json={
                "url": f"http://127.0.0.1:{port}/typeform",
                "enabled": True,
                "secret": SECRET.decode(),
                "event_types": {"form_response": True, PARTIAL: True},
            },
            headers={"Authorization": "Bearer sandbox"},
            timeout=20,
        ).raise_for_status()
        yield Programme(home, sandbox, Running(home, port))


def test_a_response_counts_before_a_pull_shows_it_and_once_after(programme: Programme) -> None:
    """Typeform's own lag is half an hour: the webhook has it at once."""
    programme.answered("too dear")
    assert programme.sandbox.deliver("Lost1", "tok1") == 200

    assert programme.load(is_pulled=False) == [("completed", "webhook", "too dear")]
    assert programme.load(is_pulled=True) == [("completed", "pull", "too dear")]


def test_partial_by_webhook_completed_by_pull(programme: Programme) -> None:
    programme.answered("too", "partial")
    assert programme.sandbox.deliver("Lost1", "tok1", event_type=PARTIAL) == 200
    begun = programme.load(is_pulled=False)
    programme.answered("too dear", minutes=9)

    assert begun == [("partial", "webhook", "too")]
    assert programme.load(is_pulled=True) == [("completed", "pull", "too dear")]


def test_partial_by_pull_completed_by_webhook(programme: Programme) -> None:
    programme.answered("too", "partial")
    begun = programme.load(is_pulled=True)
    programme.answered("too dear", minutes=9)
    assert programme.sandbox.deliver("Lost1", "tok1") == 200

    assert begun == [("partial", "pull", "too")]
    assert programme.load(is_pulled=False) == [("completed", "webhook", "too dear")]


def test_an_old_delivery_sent_again_or_late_changes_nothing(programme: Programme) -> None:
    """Its signature holds for ever: of what it says, only content decides."""
    sent = {}
    for text, minutes in (("t", 2), ("to", 3), ("too", 4)):
        programme.answered(text, "partial", minutes)
        sent[text] = programme.sandbox.delivery("Lost1", "tok1", event_type=PARTIAL)
    assert [replayed(programme, sent[text]) for text in ("too", "t")] == [200, 200]
    assert programme.load(is_pulled=False) == [("partial", "webhook", "too")]

    programme.answered("too dear", minutes=9)
    assert programme.sandbox.deliver("Lost1", "tok1") == 200
    final = programme.load(is_pulled=False)
    assert [replayed(programme, each) for each in sent.values()] == [200] * 3

    assert final == [("completed", "webhook", "too dear")]
    assert programme.load(is_pulled=False) == final
    assert len(programme.receiver.lines()) == 4


def test_a_deleted_response_does_not_come_back(programme: Programme) -> None:
    """Deleted at the source, and seen so by a sweep; then old deliveries are sent again."""
    programme.answered("forget", minutes=4)
    late = programme.sandbox.delivery("Lost1", "tok1")
    programme.answered("forget me")
    sent = programme.sandbox.delivery("Lost1", "tok1")
    assert replayed(programme, sent) == 200
    assert len(programme.load(is_pulled=True)) == 1
    programme.sandbox.drop("Lost1", "tok1")
    warehouse.land_item(
        programme.home / "landing",
        b'{"response_id": "tok1", "is_deleted": true}',
        form_id="Lost1",
        form_kind="lost_deal",
        source="sweep",
        received_at=datetime.now(UTC),
    )

    assert programme.load(is_pulled=False) == []
    assert [replayed(programme, each) for each in (sent, late)] == [200, 200]
    assert programme.load(is_pulled=True) == []


def test_a_test_delivery_invents_nothing(programme: Programme) -> None:
    programme.answered("an invented answer")

    assert programme.sandbox.deliver("Lost1", "tok1", is_test=True) == 200
    assert programme.load(is_pulled=False) == []


def test_loading_while_two_receivers_write(programme: Programme) -> None:
    """No half file is read, nothing is lost, and nothing is loaded twice."""
    tokens = [f"tok{number:03}" for number in range(80)]
    is_done = threading.Event()
    loaded = []

    def load_again_and_again() -> None:
        with warehouse.writing(programme.home / "warehouse.duckdb") as connection:
            is_last = False
            while not is_last:
                is_last = is_done.is_set()
                connection.execute("begin")
                at = datetime.now(UTC)
                loaded.append(
                    warehouse.load_landing(connection, programme.home / "landing", now=at)
                )
                connection.execute("commit")

    with serving(programme.home, ReceiverSettings()) as port:
        receivers = (programme.receiver, Running(programme.home, port))
        loader = threading.Thread(target=load_again_and_again)
        loader.start()
        with ThreadPoolExecutor(8) as senders:
            answers = [
                senders.submit(receiver.send, webhook(token, padding="x" * 20_000))
                for token in tokens
                for receiver in receivers
            ]
        is_done.set()
        loader.join()

    assert {answer.result().status_code for answer in answers} == {200}
    assert sum(loaded) == len(tokens)
    assert len([count for count in loaded if count]) > 1
    with warehouse.reading(programme.home / "warehouse.duckdb") as connection:
        found = connection.execute("select response_id from raw.responses order by all").fetchall()
    assert found == [(token,) for token in tokens]


def replayed(programme: Programme, sent: Any) -> int:
    """The status of a delivery sent as it was."""
    return programme.receiver.send(sent.body, sent.headers["Typeform-Signature"]).status_code
