"""Pushes beside each other and beside a receiver, and forms whose words command a terminal."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.e2e.accounts import Account, opened
from tests.typeform.surveys.pushed import Json, answer, copied, field, written

from winloss import warehouse
from winloss.errors import FormError, SettingsError
from winloss.forming import locking

HOLDER = """
import pathlib, sys
from winloss.forming import locking
with locking.alone(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
ODD = "\x1b[2J\u202eWhy\x9b31m"


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    with opened(tmp_path) as found:
        yield found


@contextmanager
def holder(home: Path) -> "Iterator[subprocess.Popen[str]]":
    """Another process in the middle of a push."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_two_pushes_at_once_make_one_form(account):
    slowly = account.environment | {"WINLOSS_TYPEFORM__REQUESTS_PER_SECOND": "2"}
    both = [
        subprocess.Popen(
            account.command("push", "lost_deal"),
            env=slowly,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [each.communicate(timeout=120) for each in both]

    assert [each.returncode for each in both] == [0, 0], said
    assert written(account.sandbox).count("POST /forms") == 1
    (form,) = account.sandbox._store.forms()
    noted = (account.home / "winloss.toml").read_text("utf-8")
    assert noted.count("[[typeform.forms]]") == 1
    assert account.ids == {"lost_deal": form["id"]}
    assert sorted("made, and noted" in out for out, _ in said) == [False, True]


def test_who_waits_too_long_is_told_for_whom_and_a_killed_push_holds_nobody(account):
    account.said("push", "pulse")
    with holder(account.home) as process:
        began = time.monotonic()
        who = rf"under way \(process {process.pid}, since \d\d:\d\d:\d\d\)\. Wait"
        with pytest.raises(FormError, match=who), locking.alone(account.home, patience=0.3):
            pass
        assert time.monotonic() - began >= 0.3
        assert account.said("push", "--dry-run")[-1] == "nothing was sent"

    with locking.alone(account.home, patience=0):
        assert f"process {os.getpid()}," in (account.home / ".push" / "lock").read_text("utf-8")
    assert "nothing to send" in account.said("push")[-1]


def test_a_folder_that_cannot_be_locked_is_named(tmp_path):
    (tmp_path / ".push" / "lock").mkdir(parents=True)

    with pytest.raises(SettingsError, match="lock cannot be locked"), locking.alone(tmp_path):
        pass


def test_what_fails_inside_a_push_is_no_failure_of_its_lock(tmp_path):
    with pytest.raises(OSError, match="inside"), locking.alone(tmp_path):
        raise OSError("inside")


def test_an_answer_that_a_webhook_has_just_brought_is_not_pushed_away(account):
    account.said("push", "lost_deal")
    form_id = account.ids["lost_deal"]
    form = copied(account.sandbox, form_id)
    form["fields"].append({"id": "q", "ref": "more", "type": "long_text", "title": "More?"})
    account.sandbox.put_form(form_id, form)
    item: Json = {"token": "t1", "answers": [answer(form, "more", "text", "Our deadline.")]}
    path = land(account.home / "landing", form_id, item)
    already = written(account.sandbox)

    _, refused = account.forms("push", "--remove")

    assert "has answers that this push would lose: more would be dropped. " in refused
    assert written(account.sandbox) == already
    earlier = time.time() - 3 * 60 * 60
    os.utime(path, (earlier, earlier))
    assert "  removed more, which nobody had answered" in account.said("push", "--remove")


def land(folder: Path, form_id: str, item: Json) -> Path:

    body = json.dumps(item).encode()
    now = datetime.now(UTC)
    return warehouse.land_item(
        folder,
        body,
        form_id=form_id,
        form_kind="lost_deal",
        source="webhook",
        received_at=now,
    )


def test_two_questions_with_one_of_our_refs_stop_a_push_before_it_begins(account):
    account.said("push", "lost_deal")
    form_id = account.ids["lost_deal"]
    form = copied(account.sandbox, form_id)
    form["fields"].append(field(form, "missed") | {"id": "q", "title": "More?"})
    account.sandbox.put_form(form_id, form)
    already = written(account.sandbox)

    for arguments in (("--remove",), ("--remove", "--dry-run")):
        _, refused = account.forms("push", *arguments)

        assert f"Several questions of form {form_id} have the ref missed: " in refused
        assert ' and "More?". Nothing was sent.' in refused
    assert written(account.sandbox) == already
    assert account.differing() == ['missed ("More?") has the ref of another question']


def test_a_forms_words_do_not_command_the_terminal(account):
    account.said("push", "lost_deal")
    form_id = account.ids["lost_deal"]
    form = copied(account.sandbox, form_id) | {"title": ODD}
    field(form, "what_happened")["title"] = ODD + "L" * 10_000
    field(form, "missed")["properties"]["description"] = ODD
    choices = field(form, "outcome_said")["properties"]["choices"]
    choices.append({"id": "p", "ref": f"pink{ODD}", "label": ODD})
    odd = {"id": "q", "ref": f"more{ODD}", "type": f"nps{ODD}", "title": ODD}
    form["fields"] += [odd, odd | {"id": "r"}, odd | {"id": "s", "ref": f"s{ODD}", "type": "nps"}]
    rule = {"type": "field", "ref": f"more{ODD}", "actions": [jump()]}
    form["logic"].append(rule)
    form["_links"] = {"display": f"https://form.typeform.com/{ODD}"}
    account.sandbox.put_form(form_id, form)

    shown = [
        account.process(*arguments)
        for arguments in (("check",), ("push", "--dry-run"), ("push",), ("push", "--remove"))
    ]

    told = "".join(each.stdout + each.stderr for each in shown)
    assert "pink\ufffd[2J\ufffdWhy\ufffd31m" in told
    assert [each for each in told if each in "\x1b\x9b\u202e"] == []
    assert "L" * 500 not in told
    assert shown[-1].returncode == 0


def jump() -> dict[str, object]:
    to = {"to": {"type": "field", "value": f"more{ODD}"}}
    told = [{"type": "hidden", "value": ODD}, {"type": "constant", "value": ODD}]
    return {"action": "jump", "details": to, "condition": {"op": "equal", "vars": told}}
