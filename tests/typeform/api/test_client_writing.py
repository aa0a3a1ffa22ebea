"""What is written at Typeform is written once, or said to be uncertain."""

import json
import socket

import pytest

from winloss.errors import TypeformMissing, TypeformRefused, TypeformUnreachable
from winloss.typeform.api.client import Client
from winloss.typeform.api.judging import BadRequest

SECRET = "whsec_invented_7"
WEBHOOK = {"url": "https://example.invalid/hook", "enabled": True, "secret": SECRET}


@pytest.fixture
def form(sandbox):
    """A form as one writes it."""
    whole = sandbox.form("Lost1")
    return {"title": "Anew", "fields": whole["fields"][:1]}


def _seen(sandbox, verb):
    return [each for each in sandbox.behaviour.requests if each.startswith(verb)]


def test_a_form_is_made_replaced_and_read(sandbox, reach, form):
    with Client(reach(sandbox.base_url), "sandbox") as client:
        made = client.create(form)
        changed = client.replace(made["id"], form | {"title": "Again"})
        read = json.loads(client.definition(made["id"]))

    assert (made["title"], changed["title"], read["title"]) == ("Anew", "Again", "Again")


@pytest.mark.parametrize("fault", ["429", "429_later"])
def test_a_form_is_made_once_where_it_was_not_let_in(sandbox, reach, form, fault):
    sandbox.fail(fault)

    with Client(reach(sandbox.base_url), "sandbox") as client:
        client.create(form)
        titles = [each["title"] for each in client.forms("Anew")]

    assert titles == ["Anew"]


@pytest.mark.parametrize("fault", ["499", "500", "503", "cut", "empty", "html", "no_items"])
def test_what_may_have_been_made_is_not_made_again(sandbox, reach, form, fault):
    sandbox.fail(fault)

    with (
        Client(reach(sandbox.base_url), "sandbox") as client,
        pytest.raises(TypeformUnreachable, match=r"may have been made all the same.*Look in"),
    ):
        client.create(form)

    assert len(_seen(sandbox, "POST")) == 1


def test_a_connection_that_breaks_leaves_it_open(answering, reach, form):
    asked = []

    def hang_up(handler):
        asked.append(handler.path)
        handler.close_connection = True

    with (
        Client(reach(answering(hang_up)), "sandbox") as client,
        pytest.raises(TypeformUnreachable, match="may have been made"),
    ):
        client.create(form)

    assert asked == ["/forms"]


def test_what_cannot_have_arrived_is_sent_again(reach, form):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"

    with (
        Client(reach(address), "sandbox") as client,
        pytest.raises(TypeformUnreachable, match=r"in 3 tries \(last: no connection\)"),
    ):
        client.create(form)


def test_a_form_is_not_sent_on_a_line_that_may_be_dead(answering, reach, form):
    """A server gives up idle connections without a word; what is sent on one is in doubt."""

    def answer(handler):
        if getattr(handler, "was_asked_before", False):
            handler.close_connection = True
            return None
        handler.was_asked_before = True
        return b'{"id":"Made1"}'

    with Client(reach(answering(answer)), "sandbox") as client:
        client.definition("Lost1")
        assert client.create(form) == {"id": "Made1"}


@pytest.mark.parametrize("fault", ["429", "500", "503", "cut", "empty", "html"])
def test_replacing_is_tried_again(sandbox, reach, form, fault):
    """Twice the same form in its place is once."""
    sandbox.fail(fault)

    with Client(reach(sandbox.base_url), "sandbox") as client:
        assert client.replace("Lost1", form)["title"] == "Anew"

    assert len(_seen(sandbox, "PUT")) == 2


def test_a_redirected_form_is_not_taken_for_a_written_one(answering, reach, form):
    """Following it would read the form as it was and call that success."""

    def answer(handler):
        if handler.command == "GET":
            return b'{"id":"Lost1"}'
        handler.send_response(302)
        handler.send_header("Location", "/forms/Lost1")
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return None

    with Client(reach(answering(answer)), "sandbox") as client:
        with pytest.raises(TypeformRefused, match="302"):
            client.replace("Lost1", form)
        with pytest.raises(TypeformRefused, match="302"):
            client.create(form)


def test_what_typeform_does_not_accept_is_named_without_being_repeated(answering, reach, form):
    said = {
        "code": "VALIDATION_ERROR",
        "description": f"secret {SECRET} is too short",
        "details": [
            {"field": "fields[3].properties.choices", "description": SECRET},
            {"field": f"secret: {SECRET}"},
            {"field": 7},
            SECRET,
        ],
    }

    def answer(handler):
        body = json.dumps(said).encode()
        handler.send_response(400)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    with Client(reach(answering(answer)), "sandbox") as client:
        with pytest.raises(BadRequest, match=r"VALIDATION_ERROR at fields\[3\]\.prop") as caught:
            client.create(form)
        with pytest.raises(BadRequest) as again:
            client.put_webhook("Lost1", "winloss", WEBHOOK)

    assert SECRET not in f"{caught.value!r} {again.value!r}"


@pytest.mark.parametrize(
    ("write", "scopes"),
    [
        (lambda client: client.create({"title": "x"}), "forms:write"),
        (lambda client: client.replace("Lost1", {"title": "x"}), "forms:write"),
        (lambda client: client.put_webhook("Lost1", "t", WEBHOOK), "webhooks:write"),
        (lambda client: client.webhook("Lost1", "t"), "webhooks:read"),
        (lambda client: client.forms(), "forms:read"),
    ],
    ids=["create", "replace", "put_webhook", "webhook", "forms"],
)
def test_a_token_without_rights_says_which_it_needs(sandbox, reach, write, scopes):
    sandbox.behaviour.refuses_account = True

    with (
        Client(reach(sandbox.base_url), "sandbox") as client,
        pytest.raises(TypeformRefused, match=rf"WINLOSS_TYPEFORM_TOKEN.*{scopes}"),
    ):
        write(client)


def test_a_webhook_is_registered_and_read_back(sandbox, reach):
    with Client(reach(sandbox.base_url), "sandbox") as client:
        before = client.webhook("Lost1", "winloss")
        client.put_webhook("Lost1", "winloss", WEBHOOK)
        after = client.webhook("Lost1", "winloss")

    assert before is None
    assert after is not None
    assert (after["url"], after["enabled"]) == (WEBHOOK["url"], True)


def test_a_webhook_of_no_form_is_missing(sandbox, reach):
    with (
        Client(reach(sandbox.base_url), "sandbox") as client,
        pytest.raises(TypeformMissing, match="form Gone1"),
    ):
        client.put_webhook("Gone1", "winloss", WEBHOOK)


def test_every_form_is_listed(sandbox, reach, form):
    """More than fit on two of the largest pages."""
    for number in range(401):
        sandbox.put_form(f"f{number}", form | {"id": f"f{number}", "title": f"No. {number}"})

    with Client(reach(sandbox.base_url), "sandbox") as client:
        every = {each["id"] for each in client.forms()}
        some = {each["title"] for each in client.forms("No. 40")}

    assert every == {"Lost1", "Cancel1"} | {f"f{number}" for number in range(401)}
    assert some == {"No. 40", "No. 400"}


def test_an_address_without_forms_is_not_typeforms(answering, reach, form):
    with Client(reach(answering(lambda handler: handler.send_error(404))), "sandbox") as client:
        for ask in (client.forms, lambda: client.create(form)):
            with pytest.raises(TypeformRefused, match=r"no Typeform at http.*base_url"):
                ask()


@pytest.mark.parametrize("response_type", ["completed", "partial", "started"])
def test_answers_of_every_type_are_answers(sandbox, reach, response, response_type):
    given = {"type": "text", "text": "x", "field": {"id": "f1", "type": "long_text"}}
    sandbox.put(
        "Lost1",
        response(
            "t", answers=[given], response_type=response_type, staged_at="2026-09-01T08:00:00Z"
        ),
    )

    with Client(reach(sandbox.base_url), "sandbox") as client:
        assert client.has_answers("Lost1", ["f1", "f2"]) == {"f1"}


def test_a_type_that_may_not_be_asked_for_is_done_without(answering, reach):
    """Whether `started` may be is disputed; the other types must be."""

    def answer(handler):
        if "response_type=started" in handler.path:
            handler.send_error(400)
            return None
        return b'{"total_items":0,"items":[]}'

    with Client(reach(answering(answer)), "sandbox") as client:
        assert client.has_answers("Lost1", ["f1"]) == set()
