"""The loopback Typeform keeps Typeform's rules."""

import json
import signal
import subprocess
import sys
import threading
import time

import pytest
import requests

from winloss.errors import TypeformError
from winloss.typeform.sandbox import Sandbox, serve
from winloss.typeform.sandbox_store import load

BEARER = {"Authorization": "Bearer sandbox"}


@pytest.fixture
def ask(sandbox):
    """Ask the sandbox as a stranger's client would."""
    with requests.Session() as session:
        session.trust_env = False
        session.headers.update(BEARER)

        def send(path, method="GET", **more):
            return session.request(method, f"{sandbox.base_url}{path}", timeout=10, **more)

        yield send


@pytest.fixture
def answered(sandbox, response):
    """Thirty completed responses a minute apart, a partial and a started one."""
    for minute in range(30):
        sandbox.put("Lost1", response(f"t{minute:02}", minute))
    never = {"submitted_at": "0001-01-01T00:00:00Z"}
    staged = {"response_type": "partial", "staged_at": "2026-09-01T09:00:00Z"}
    sandbox.put("Lost1", response("part", 40, **never, **staged))
    sandbox.put("Lost1", response("start", 50, **never, answers=None))
    return sandbox


def _tokens(answer):
    assert answer.status_code == 200, answer.text
    return [item["token"] for item in answer.json()["items"]]


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Authorization": ""}, 401, "INVALID_AUTHORIZATION"),
        ({"Authorization": "Basic sandbox"}, 401, "INVALID_AUTHORIZATION"),
        ({"Authorization": "Bearer other"}, 403, "AUTHENTICATION_ERROR"),
    ],
)
def test_only_the_bearer_of_the_token_is_answered(ask, headers, status, code):
    answer = ask("/forms", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "description", "details"}


def test_me_is_plainly_invented(ask):
    assert ask("/me").json()["email"].endswith(".invalid")


@pytest.mark.usefixtures("answered")
def test_responses_come_25_a_page_newest_first_unless_asked(ask):
    answer = ask("/forms/Lost1/responses")

    assert _tokens(answer) == [f"t{minute:02}" for minute in range(29, 4, -1)]
    assert (answer.json()["total_items"], answer.json()["page_count"]) == (30, 2)


def test_an_empty_form_has_the_recorded_envelope(ask):
    assert ask("/forms/Lost1/responses").json() == {"total_items": 0, "page_count": 0, "items": []}


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("since=2026-09-01T08:28:00Z", ["t29", "t28"]),
        ("since=1788251280", ["t29", "t28"]),
        ("until=2026-09-01T08:01:00", ["t01", "t00"]),
        ("before=t02", ["t01", "t00"]),
        ("after=t27", ["t28", "t29"]),
        ("before=t29&since=2026-09-01T08:28:00Z", ["t28"]),
        ("sort=submitted_at,asc&page_size=2", ["t00", "t01"]),
        ("included_response_ids=t03,t04,none", ["t04", "t03"]),
        ("excluded_response_ids=t29&page_size=1", ["t28"]),
        ("before=nobody&page_size=1", ["t29"]),
        ("Before=t02&page_size=1", ["t29"]),
        ("page=2&page_size=1", ["t29"]),
        ("response_type=partial", ["part"]),
        ("response_type=started", ["start"]),
        ("response_type=started,partial", ["start", "part"]),
        ("response_type=partial&since=2026-09-01T08:59:59Z", ["part"]),
        ("response_type=partial&since=2026-09-01T09:00:01Z", []),
        ("response_type=partial,completed&since=2026-09-01T08:30:00Z", ["part"]),
        ("completed=false", ["start", "part"]),
    ],
)
def test_parameters_choose_as_documented(ask, query, expected):
    assert _tokens(ask(f"/forms/Lost1/responses?{query}")) == expected


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(
    "query",
    [
        "page_size=1001",
        "page_size=0",
        "page_size=many",
        "sort=submitted_at,asc&before=t02",
        "sort=submitted_at,desc&after=t02",
        "sort=token,asc",
        "sort=submitted_at",
        "since=yesterday",
        "until=2026-09-01T08:00:00%2B02:00",
        "until=2026-13-01T08:00:00Z",
        "response_type=finished",
        "included_response_ids=a&excluded_response_ids=b",
    ],
)
def test_parameters_that_contradict_are_refused(ask, query):
    answer = ask(f"/forms/Lost1/responses?{query}")

    assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR")
    assert answer.json()["details"][0]["field"]


def test_a_window_beside_a_cursor_can_be_refused(ask, answered):
    answered.behaviour.refuses_window_with_cursor = True

    query = "before=t02&since=2026-09-01T08:00:00Z"

    assert ask(f"/forms/Lost1/responses?{query}").status_code == 400
    assert _tokens(ask("/forms/Lost1/responses?before=t02")) == ["t01", "t00"]


def test_answers_can_be_searched_and_narrowed(ask, sandbox, response):
    first = {"type": "text", "text": "On Our Own", "field": {"id": "f1", "ref": "goal"}}
    other = {"type": "number", "number": 0, "field": {"id": "f2", "ref": "satisfaction"}}
    sandbox.put("Lost1", response("both", 2, answers=[first, other]))
    sandbox.put("Lost1", response("hidden", 1, hidden={"block": "our own"}))
    sandbox.put("Lost1", response("null", 0, answers=None))

    found = ask("/forms/Lost1/responses?query=our%20OWN")
    narrowed = ask("/forms/Lost1/responses?fields=f2").json()["items"]
    who = ask("/forms/Lost1/responses?answered_fields=goal")

    assert _tokens(found) == ["both", "hidden"]
    assert [item["answers"] for item in narrowed] == [[other], None, None]
    assert _tokens(who) == ["both"]


@pytest.mark.usefixtures("answered")
def test_a_deleted_response_is_gone_and_an_unknown_one_ignored(ask):
    path = "/forms/Lost1/responses?included_response_ids=t00,nobody"

    assert ask(path, "DELETE").status_code == 200

    assert _tokens(ask("/forms/Lost1/responses?before=t02")) == ["t01"]
    assert ask("/forms/Lost1/responses", "DELETE").status_code == 400


def test_forms_are_listed_ten_a_page_without_fields(ask):
    for number in range(10):
        ask("/forms", "POST", json={"title": f"Form {number}"})

    first, second = ask("/forms").json(), ask("/forms?page=2").json()

    assert (first["total_items"], first["page_count"], len(first["items"])) == (12, 2, 10)
    assert len(second["items"]) == 2
    assert not any("fields" in item for item in first["items"])
    assert ask("/forms?page_size=201").status_code == 400
    assert ask("/forms?search=form%203").json()["items"][0]["title"] == "Form 3"


def test_a_form_is_served_as_recorded(ask, folder):
    recorded = json.loads((folder / "forms" / "Lost1.json").read_text("utf-8"))

    assert ask("/forms/Lost1").json() == recorded


def test_a_created_form_gets_ids_refs_and_links(ask):
    choices = [{"label": "Yes"}]
    question = {"title": "Why?", "type": "multiple_choice", "properties": {"choices": choices}}

    made = ask("/forms", "POST", json={"title": "New", "fields": [question]})
    again = ask(f"/forms/{made.json()['id']}")

    field = made.json()["fields"][0]
    assert made.status_code == 201
    assert again.json() == made.json()
    assert field["id"]
    assert field["ref"]
    assert field["properties"]["choices"][0]["ref"]
    assert made.json()["_links"]["responses"].endswith(f"/forms/{made.json()['id']}/responses")
    assert ask("/forms", "POST", json={"fields": []}).status_code == 400
    assert ask("/forms", "POST", data="{").json()["code"] == "INVALID_JSON"


def test_replacing_a_form_deletes_the_answers_of_questions_left_out(ask, sandbox, response):
    kept, gone = ({"id": name, "ref": name, "title": name, "type": "long_text"} for name in "kg")
    ask("/forms/Lost1", "PUT", json={"title": "Before", "fields": [kept, gone]})
    answers = [{"type": "text", "text": name, "field": {"id": name}} for name in "kg"]
    sandbox.put("Lost1", response("t", answers=answers))

    ask("/forms/Lost1", "PUT", json={"title": "After", "fields": [kept]})

    (item,) = ask("/forms/Lost1/responses").json()["items"]
    assert item["answers"] == answers[:1]


@pytest.mark.parametrize("path", ["/forms/None1", "/forms/None1/responses"])
def test_an_unknown_form_is_not_found(ask, path):
    answer = ask(path)

    assert (answer.status_code, answer.json()["code"]) == (404, "FORM_NOT_FOUND")


@pytest.mark.usefixtures("answered")
def test_a_deleted_form_is_not_found(ask):
    assert ask("/forms/Lost1", "DELETE").status_code == 204

    assert ask("/forms/Lost1").status_code == 404
    assert ask("/forms/Lost1/responses").status_code == 404


def test_the_limit_holds_for_the_whole_account(folder):
    with Sandbox(folder, requests_per_second=2) as sandbox, requests.Session() as session:
        session.trust_env = False
        paths = ("/me", "/forms", "/forms/Lost1", "/forms/Cancel1/responses")
        answers = [session.get(sandbox.base_url + path, headers=BEARER) for path in paths]

    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert answers[-1].headers["Retry-After"] == "1"


def test_lone_surrogates_and_every_script_survive_the_wire(ask, sandbox, response):
    words = "naïve 顧客 🙂 \ud800"
    sandbox.put("Lost1", response("t", hidden={"a": words}))

    answer = ask("/forms/Lost1/responses")

    assert "顧客 🙂 \\ud800".encode() in answer.content
    assert json.loads(answer.content)["items"][0]["hidden"]["a"] == words


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

    assert _tokens(answer) == ["t2", "t1"]


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
        while "running on" not in (tmp_path / "log").read_text() and time.monotonic() < patience:
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
