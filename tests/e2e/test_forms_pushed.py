"""Surveys as code, on the command line: pushed to an account, edited there, checked, repaired."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.e2e.accounts import Account, opened
from tests.typeform.surveys.pushed import (
    Json,
    answer,
    answered,
    copied,
    field,
    without,
    written,
)

from winloss import sample
from winloss.typeform.sandbox import Sandbox
from winloss.typeform.surveys import forms

SECRET = "nobody may read this"
MAPPED = """
[[typeform.forms]]
id = "Own1"
kind = "lost_deal"
signed = false
questions = { why = "what_happened" }
"""


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    with opened(tmp_path) as found:
        yield found


def test_all_six_kinds_go_round(account):
    account.said("push", *forms.kinds())

    assert sorted(account.ids) == list(forms.kinds())
    assert [line for line in account.said("check") if "no differences" not in line] == []
    assert "# ours" in (account.home / "winloss.toml").read_text("utf-8")
    already = written(account.sandbox)
    assert "nothing to send" in account.said("push")[-1]
    assert written(account.sandbox) == already


def test_edits_there_are_named_exactly_and_repaired_where_nothing_is_lost(account):
    account.said("push", "lost_deal")
    form_id = account.ids["lost_deal"]
    form = copied(account.sandbox, form_id)
    field(form, "what_happened")["title"] = "Why?"
    without(form, "goal")
    form["fields"].append({"id": "q", "ref": "more", "type": "nps", "title": "More?"})
    account.sandbox.put_form(form_id, form)
    account.sandbox.retype(form_id, "call_me", "legal")
    kept = answer(form, "missed", "text", "Our deadline.")
    answered(account.sandbox, form_id, kept, response_type="completed")

    assert account.differing() == [
        'goal is not asked: "What were you trying to achieve?"',
        "call_me is legal, not yes_no",
        'more is asked and not ours (nps): "More?"',
        'what_happened reads "Why?", not "In your own words, what happened?"',
    ]
    already = written(account.sandbox)
    assert account.said("push", "--dry-run")[-1] == "nothing was sent"
    assert written(account.sandbox) == already

    lines = account.said("push", "--remove")

    assert lines[-3:] == [
        f"lost_deal, form {form_id}: sent, and read again",
        "  removed more, which nobody had answered",
        "  it says what the file says",
    ]
    assert account.said("check") == [f"lost_deal, form {form_id}: no differences"]
    assert [each.item["answers"] for each in account.sandbox._store.responses(form_id)] == [[kept]]


def test_what_has_answers_is_refused_before_anything_is_sent(account):
    account.said("push", "lost_deal", "won_deal")
    form_id = account.ids["won_deal"]
    form = copied(account.sandbox, form_id)
    form["fields"].append({"id": "q", "ref": "more", "type": "nps", "title": "More?"})
    account.sandbox.put_form(form_id, form)
    said = answer(form, "more", "number", 9)
    answered(account.sandbox, form_id, said, response_type="partial")
    other = copied(account.sandbox, account.ids["lost_deal"])
    account.sandbox.put_form(account.ids["lost_deal"], other | {"title": "Tell us"})
    already = written(account.sandbox)

    for arguments in (("push",), ("push", "--dry-run")):
        _, error = account.forms(*arguments)

        assert f"Form {form_id} has answers that this push would lose: more would be" in error
        assert written(account.sandbox) == already


def test_a_form_that_asks_its_own_questions_is_checked_by_its_mapping_and_left_alone(account):
    account.said("push", "seller")
    fields = [{"id": "1", "ref": "why", "type": "long_text", "title": "Why?"}]
    own = {"id": "Own1", "title": "Exit", "fields": fields, "hidden": ["decision_id"]}
    account.sandbox.put_form("Own1", own)
    with (account.home / "winloss.toml").open("a", encoding="utf-8") as file:
        file.write(MAPPED)
    already = written(account.sandbox)

    _, refused = account.forms("push", "lost_deal")

    assert "Form Own1 of kind lost_deal asks questions of its own" in refused
    assert "lost_deal, form Own1: asks its own questions, left as it is" in account.said("push")
    assert written(account.sandbox) == already
    assert account.differing("lost_deal") == [
        "the hidden field account_id is missing",
        "the hidden field respondent is missing",
    ]


def test_the_webhook_is_registered_with_every_form_and_its_secret_is_never_said(account):
    url = "http://127.0.0.1:9/typeform"
    account.said("push", "pulse")
    assert "set url under [receiver]" in account.forms("push", "--webhook")[1]
    with (account.home / "winloss.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[receiver]\nurl = "{url}"\n')
    assert "WINLOSS_WEBHOOK_SECRET is not set" in account.forms("push")[1]
    assert account.differing() == [
        "the webhook winloss is not registered; responses come with the next pull alone"
    ]

    already = written(account.sandbox)
    shown = account.said("push", "--dry-run", WINLOSS_WEBHOOK_SECRET=SECRET)
    assert shown[-2:] == [
        f"would register the webhook of every form, for {url}",
        "nothing was sent",
    ]
    assert written(account.sandbox) == already

    lines = account.said("push", WINLOSS_WEBHOOK_SECRET=SECRET)
    again = account.said("push", WINLOSS_WEBHOOK_SECRET=SECRET)

    assert lines == again
    assert lines[-1] == f"  webhook registered: responses are sent to {url}"
    assert "nothing to send" not in "".join(lines)
    (webhook,) = account.sandbox._store.webhooks(account.ids["pulse"]).values()
    assert (webhook["secret"], webhook["verify_ssl"]) == (SECRET, False)
    assert webhook["event_types"] == {"form_response": True, "form_response_partial": True}
    assert len(account.said("check")) == 1
    assert SECRET not in "".join([*shown, *lines])


def test_a_form_that_is_gone_is_one_difference_and_the_others_are_still_checked(account):
    account.said("push", "seller", "staff")
    account.sandbox.drop_form(account.ids["seller"])

    done = account.process("check")

    assert done.returncode == 1
    assert "Typeform has no such form (any more)" in done.stdout
    assert f"staff, form {account.ids['staff']}: no differences" in done.stdout
    asking, error = done.stderr.splitlines()
    assert asking == f"asking {account.sandbox.base_url}"
    assert error.startswith("winloss: One difference in one form.")
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_sample_company_keeps_every_answer(sample_home, tmp_path):
    with Sandbox(sample_home / "typeform", token=sample.TOKEN) as sandbox:
        (tmp_path / "winloss.toml").write_bytes((sample_home / "winloss.toml").read_bytes())
        account = Account(tmp_path, sandbox, sample.TOKEN)
        assert {line.split(": ")[1] for line in account.said("check")} == {"no differences"}
        before = {kind: answers(sandbox, form_id) for kind, form_id in account.ids.items()}
        for form_id in account.ids.values():
            form = copied(sandbox, form_id)
            form |= {"title": "Tell us", "hidden": [], "logic": []}
            form["fields"].reverse()
            sandbox.put_form(form_id, form)

        account.said("push")

        assert {line.split(": ")[1] for line in account.said("check")} == {"no differences"}
        after = {kind: answers(sandbox, form_id) for kind, form_id in account.ids.items()}
        assert after == before
        assert all(sum(each.values()) > 20 for each in before.values())


def answers(sandbox: Sandbox, form_id: str) -> Counter[str]:
    """How many answers each question has."""
    items: list[Json] = [json.loads(each.text) for each in sandbox._store.responses(form_id)]
    given = [each for item in items for each in item.get("answers") or []]
    return Counter(each["field"]["ref"] for each in given)
