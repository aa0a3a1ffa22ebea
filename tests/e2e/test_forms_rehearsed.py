"""What a push says before and after: what it would do, takes out, waits for and needs."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.e2e.accounts import Account, opened
from tests.typeform.surveys.pushed import answer, answered, copied, field, without, written

URL = "https://winloss.example.com/typeform"


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    with opened(tmp_path) as found:
        yield found


def edited(account: Account) -> str:
    """A form of ours with a question and a choice more, two questions less, and a new text."""
    account.said("push", "lost_deal")
    form_id = account.ids["lost_deal"]
    form = copied(account.sandbox, form_id)
    job = {"id": "q", "ref": "job", "type": "short_text", "title": "Your job?"}
    form["fields"].append(job)
    field(form, "what_happened")["title"] = "Why?"
    choices = field(form, "outcome_said")["properties"]["choices"]
    choices.append({"id": "p", "ref": "pink", "label": "Pink"})
    without(form, "missed")
    without(form, "decisive")
    account.sandbox.put_form(form_id, form)
    return form_id


def renamed(account: Account) -> str:
    """A form of ours in which a question got another ref in the editor."""
    account.said("push", "lost_deal")
    form_id = account.ids["lost_deal"]
    form = copied(account.sandbox, form_id)
    field(form, "goal")["ref"] = "goal_2026"
    account.sandbox.put_form(form_id, form)
    return form_id


def test_a_rehearsal_says_what_would_be_done(account):
    assert account.said("push", "pulse", "--dry-run")[0].startswith(
        "pulse: no form yet; would make one ("
    )
    form_id = edited(account)
    already = written(account.sandbox)

    lines = account.said("push", "--dry-run", "--remove")

    assert lines == [
        f"lost_deal, form {form_id}: five differences",
        "  looking for answers to job and outcome_said",
        "  found none that would be lost",
        "  would remove job (nobody answered it)",
        "  would remove the choice pink of outcome_said (nobody took it)",
        "  would add decisive, missed",
        '  would reword what_happened: "Why?" -> "In your own words, what happened?"',
        "nothing was sent",
    ]
    assert written(account.sandbox) == already
    stops = "  would stop before that: what is not ours goes only with --remove"
    assert account.said("push", "--dry-run") == [*lines[:-1], stops, lines[-1]]


def test_what_is_not_ours_is_removed_only_on_a_persons_word_and_named(account):
    form_id = edited(account)
    already = written(account.sandbox)

    _, error = account.forms("push")

    assert 'job is asked and not ours (short_text): "Your job?"' in error
    assert 'outcome_said: the choice pink is not ours: "Pink"' in error
    assert "Nothing was sent" in error
    assert "`winloss forms push lost_deal --remove`" in error
    assert written(account.sandbox) == already

    assert account.said("push", "--remove")[-4:] == [
        f"lost_deal, form {form_id}: sent, and read again",
        "  removed job, which nobody had answered",
        "  removed the choice pink of outcome_said, which nobody had taken",
        "  it says what the file says",
    ]


@pytest.mark.parametrize("is_answered", [True, False])
def test_a_question_that_got_another_ref_is_to_be_named_again(account, is_answered):
    form_id = renamed(account)
    form = account.sandbox.form(form_id)
    if is_answered:
        said = answer(form, "goal_2026", "text", "Peace.")
        answered(account.sandbox, form_id, said, response_type="completed")
    already = written(account.sandbox)
    remedy = "ref goal became goal_2026: name it goal again in Typeform"

    assert account.differing() == [remedy]
    _, error = account.forms("push")
    assert remedy in error
    assert "templates/" not in error
    assert written(account.sandbox) == already
    if is_answered:
        assert account.forms("push", "--remove")[1] == (
            f"Form {form_id} has answers that this push would lose: {remedy}. Nothing was sent."
        )
        assert written(account.sandbox) == already
    else:
        lines = account.said("push", "--remove", "--dry-run")
        assert lines[-4:-1] == [
            "  would remove goal_2026 (nobody answered it)",
            "  would add goal",
            f"  - {remedy}",
        ]


def test_after_a_form_was_made_its_address_and_the_next_step_are_said(account):
    lines = account.said("push", "pulse")

    assert lines[-2] == f"  its address: https://form.typeform.com/to/{account.ids['pulse']}"
    assert "`winloss forms links`" in lines[-1]
    assert "WINLOSS_SIGNING_KEY" in lines[-1]
    assert not any("address" in line for line in account.said("push", "pulse"))


def test_customers_words_are_never_announced_in_the_open(account):
    account.said("push", "pulse")
    account.append(f'\n[receiver]\nurl = "{URL.replace("https", "http")}"\n')
    already = written(account.sandbox)

    for arguments in (("push",), ("push", "--dry-run"), ("check",)):
        _, error = account.forms(*arguments, WINLOSS_WEBHOOK_SECRET="long")
        assert "is not https, so what customers write would travel open" in error
    assert written(account.sandbox) == already


def test_a_missing_or_refused_token_is_told_every_scope_the_command_needs(account):
    account.said("push", "pulse")
    writing = "forms:read, forms:write and responses:read"
    whole = "forms:read, forms:write, responses:read, webhooks:read and webhooks:write"
    for token in ("", "wrong"):
        other = replace(account, token=token)
        assert f" {writing}." in other.forms("push")[1]
        assert " forms:read." in other.forms("check")[1]
    account.append(f'\n[receiver]\nurl = "{URL}"\n')
    for token in ("", "wrong"):
        other = replace(account, token=token)
        assert f" {whole}." in other.forms("push", WINLOSS_WEBHOOK_SECRET="long")[1]
        assert " forms:read and webhooks:read." in other.forms("check")[1]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("push", ["forms:read, forms:write and responses:read", "webhooks:write"]),
        ("check", ["forms:read, and webhooks:read", "exit code 1 when anything differs"]),
    ],
)
def test_the_help_names_the_token_and_its_scopes(account, command, said):
    shown = " ".join(account.process(command, "--help").stdout.split())

    assert all(words in shown for words in ["WINLOSS_TYPEFORM_TOKEN", *said])


def test_a_host_that_cannot_be_reached_is_said_while_it_is_tried(account):
    account.said("push", "pulse")
    gone = "http://127.0.0.1:9"
    environment = account.environment | {"WINLOSS_TYPEFORM__BASE_URL": gone}
    process = subprocess.Popen(
        account.command("check"),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        assert process.stderr.readline() == f"asking {gone}\n"
        assert process.stderr.readline() == f"{gone}: no connection, try 2 of 6 in 1 s\n"
        assert process.poll() is None
    finally:
        process.kill()
        process.communicate()
