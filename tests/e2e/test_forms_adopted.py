"""A push uses a form that nobody noted only where it made it itself, or on a person's word."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.e2e.accounts import Account, opened
from tests.typeform.surveys.pushed import answer, answered, copied, written

from winloss.forming import intentions


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    with opened(tmp_path) as found:
        yield found


def killed_at(account: Account, request: str, *arguments: str) -> None:
    """Run a push, and kill it as soon as the account has seen the request."""
    process = subprocess.Popen(
        account.command("push", *arguments),
        env=account.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not any(each.startswith(request) for each in written(account.sandbox)):
        assert process.poll() is None
        time.sleep(0.001)
    process.kill()
    process.wait()


@pytest.mark.parametrize("request_seen", ["POST /forms", "PUT /forms/"])
def test_a_push_killed_at_any_moment_makes_no_second_form_and_asks_nothing(account, request_seen):
    killed_at(account, request_seen, "lost_deal")

    account.said("push", "lost_deal")

    (form,) = account.sandbox._store.forms()
    assert account.ids == {"lost_deal": form["id"]}
    assert form["title"] == "How you decided"
    assert written(account.sandbox).count("POST /forms") == 1
    assert intentions.noted(account.home, "lost_deal") == ""


def test_an_own_orphan_is_told_by_its_mark_from_a_strangers_form(account):
    stranger = account.beside("stranger")
    stranger.said("push", "lost_deal")
    mark = intentions.note(account.home, "lost_deal")
    orphan = copied(account.sandbox, stranger.ids["lost_deal"])
    orphan |= {"id": "Own1", "title": f"How you decided (winloss {mark})", "hidden": []}
    account.sandbox.put_form("Own1", orphan)

    shown = account.said("push", "lost_deal", "--dry-run")
    lines = account.said("push", "lost_deal")

    cut_off = "lost_deal, form Own1: made by a push of this programme that was cut off"
    assert shown[0] == lines[0] == f"{cut_off}, so it is to be used"
    assert "lost_deal, form Own1: noted in winloss.toml" in lines
    assert account.ids == {"lost_deal": "Own1"}
    assert account.said("check") == ["lost_deal, form Own1: no differences"]


def test_a_note_without_a_form_makes_one(account):
    mark = intentions.note(account.home, "pulse")

    assert intentions.note(account.home, "pulse") == mark
    account.said("push", "pulse")

    assert len(account.sandbox._store.forms()) == 1
    assert intentions.noted(account.home, "pulse") == ""


def test_the_form_of_another_programme_is_not_taken_without_asking(account):
    stranger = account.beside("stranger")
    stranger.said("push", "cancellation")
    form_id = stranger.ids["cancellation"]
    already = written(account.sandbox)

    lines, error = account.forms("push", "lost_deal", "cancellation")

    assert error.startswith(
        "The account holds a form made by winloss that this winloss.toml does not name "
        f"({form_id}, nobody answered it yet). Nothing was sent."
    )
    assert f"`winloss forms push cancellation --adopt {form_id}`; otherwise --new" in error
    assert written(account.sandbox) == already
    assert "form" not in (account.home / "winloss.toml").read_text("utf-8")
    assert lines == ["lost_deal: no form yet; one is to be made (16 questions, 12 rotating blocks)"]


def test_of_a_strangers_form_it_is_said_that_it_has_answers(account):
    stranger = account.beside("stranger")
    stranger.said("push", "lost_deal")
    form_id = stranger.ids["lost_deal"]
    said = answer(account.sandbox.form(form_id), "goal", "text", "Peace.")
    answered(account.sandbox, form_id, said, response_type="completed")

    _, error = account.forms("push", "lost_deal")

    assert f"({form_id}, somebody answered it)" in error


def test_new_makes_another_beside_it(account):
    stranger = account.beside("stranger")
    stranger.said("push", "lost_deal")

    account.said("push", "lost_deal", "--new")

    assert account.ids["lost_deal"] != stranger.ids["lost_deal"]


def test_adopt_takes_the_form_named_and_brings_it_to_the_file(account):
    stranger = account.beside("stranger")
    stranger.said("push", "pulse")
    form_id = stranger.ids["pulse"]
    form = copied(account.sandbox, form_id) | {"hidden": [], "title": "Tell us"}
    account.sandbox.put_form(form_id, form)

    lines = account.said("push", "pulse", "--adopt", form_id)

    assert lines[0] == f"pulse, form {form_id}: to be adopted, on your word"
    assert account.ids == {"pulse": form_id}
    assert account.said("check") == [f"pulse, form {form_id}: no differences"]


def test_adopt_is_refused_where_it_cannot_be_meant(account):
    account.said("push", "pulse")
    pulse = account.ids["pulse"]
    own = {"id": "Own1", "title": "Exit", "fields": [{"id": "1", "ref": "why", "type": "nps"}]}
    account.sandbox.put_form("Own1", own)
    already = written(account.sandbox)

    for arguments, said in (
        (("lost_deal", "seller", "--adopt", "Own1"), "--adopt is for one kind"),
        (("--adopt", "Own1"), "--adopt is for one kind"),
        (("seller", "--new", "--adopt", "Own1"), "goes without --new"),
        (("seller", "--adopt", pulse), f"already names form {pulse}, as pulse"),
        (("pulse", "--adopt", "Own1"), f"already names form {pulse} of kind pulse"),
        (("seller", "--adopt", "Own1"), "asks nothing that seller asks"),
    ):
        assert said in account.forms("push", *arguments)[1]
    assert written(account.sandbox) == already
