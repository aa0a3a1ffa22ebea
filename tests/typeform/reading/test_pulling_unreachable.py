"""One form out of reach is set aside; the host, the account or every form out of reach is not."""

import gzip
import json
import time

import pytest
from tests.typeform.conftest import START

from winloss.errors import TypeformRefused, TypeformUnreachable
from winloss.settings import FormSettings
from winloss.typeform.reading.pulling import pull

FORMS = tuple(FormSettings(id=each, kind="pulse") for each in ("Bad", "Good"))


def _fail(handler):
    handler.send_error(500)


def _html(_):
    return b"<html>One moment</html>"


def _cut(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"items":[')
    handler.close_connection = True


def _hang_up(handler):
    handler.close_connection = True


def _drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def _server(spoil, is_spoilt):
    def answer(handler):
        if is_spoilt(handler.path):
            return spoil(handler)
        items = [] if "before=" in handler.path else [{"token": "t"}]
        return json.dumps({"id": "x", "total_items": 0, "items": items}).encode()

    return answer


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("place", ["/Bad?", "/Bad/responses?", "before="])
@pytest.mark.parametrize("spoil", [_fail, _html, _cut, _hang_up, _drip])
def test_a_form_that_never_answers_leaves_the_others(answering, programme, spoil, place, threads):
    """Its tries are made once, not for each page or type again."""
    asked = []

    def is_spoilt(path):
        is_it = place in path.replace("/Bad", "/Bad?", path.endswith("/Bad")) and "/Bad" in path
        asked.extend([path] if is_it else [])
        return is_it

    url = answering(_server(spoil, is_spoilt))
    settings = programme(url, forms=FORMS, forms_at_once=threads, timeout_seconds=0.05)

    pulls = pull(settings, since={}, now=START)

    assert [(each.form_id, each.reason) for each in pulls.missing] == [("Bad", "form unreachable")]
    assert [each.form_id for each in pulls.pulled] == ["Good"]
    assert len(asked) == 3


def test_no_form_in_reach_is_an_error_that_may_pass(answering, programme):
    url = answering(_server(_fail, lambda path: "before=" in path))

    with pytest.raises(TypeformUnreachable, match="form Bad in 3 tries"):
        pull(programme(url, forms=FORMS), since={}, now=START)


def test_what_may_pass_is_said_before_what_will_not(answering, programme):
    def spoil(handler):
        handler.send_error(500 if "/Good" in handler.path else 403)

    with pytest.raises(TypeformUnreachable, match="form Good"):
        pull(programme(answering(_server(spoil, lambda _: True)), forms=FORMS), since={}, now=START)


def test_a_host_without_any_answer_is_not_asked_for_every_form(answering, programme):
    asked: list[str] = []

    def note(path):
        asked.append(path)
        return True

    forms = tuple(FormSettings(id=f"F{number}", kind="pulse") for number in range(30))
    url = answering(_server(_fail, note))

    with pytest.raises(TypeformUnreachable):
        pull(programme(url, forms=forms, forms_at_once=1), since={}, now=START)

    # Three are patience; one more may be on its way when that ends.
    assert len({path.split("/")[2] for path in asked}) in (3, 4)


def test_a_long_wait_is_said_as_long_as_it_is(answering, programme):
    def spoil(handler):
        handler.send_response(429)
        handler.send_header("Retry-After", "99999999")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    url = answering(_server(spoil, lambda path: "/Bad" in path))

    with pytest.raises(TypeformUnreachable, match="wait 99,999,999 seconds"):
        pull(programme(url, forms=FORMS), since={}, now=START)


def test_another_host_is_not_followed(answering, programme):
    """What it holds is not ours to believe; both hosts are named."""
    seen: list[str] = []

    def note(path):
        seen.append(path)
        return False

    other = answering(_server(_fail, note))

    def spoil(handler):
        handler.send_response(302)
        handler.send_header("Location", other + handler.path)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    url = answering(_server(spoil, lambda _: True))
    hosts = [each.removeprefix("http://") for each in (url, other)]

    with pytest.raises(TypeformRefused, match="{} sends us on to another host, {}".format(*hosts)):
        pull(programme(url, forms=FORMS), since={}, now=START)
    assert seen == []


def test_another_place_on_the_same_host_is_followed(answering, programme):
    def spoil(handler):
        handler.send_response(302)
        handler.send_header("Location", handler.path.replace("/Bad", "/Moved"))
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    url = answering(_server(spoil, lambda path: "/Bad" in path))

    assert len(pull(programme(url, forms=FORMS), since={}, now=START).pulled) == 2


@pytest.mark.parametrize("status", [400, 404])
def test_a_forgotten_response_is_not_a_missing_form(answering, programme, status):
    """All of a page was deleted before the next was asked for: the walk begins anew."""
    left = ["t5", "t4", "t3", "t2", "t1", "t0"]

    def answer(handler):
        cursor = handler.path.partition("before=")[2].partition("&")[0]
        if cursor and "t3" in left:
            left[:] = ["t2", "t1", "t0"]
        if cursor and cursor not in left:
            handler.send_error(status)
            return None
        rest = left[left.index(cursor) + 1 :] if cursor else left
        items = [{"token": each} for each in rest[:3]]
        return json.dumps({"id": "x", "total_items": len(left), "items": items}).encode()

    pulls = pull(programme(answering(answer), forms=FORMS[:1], page_size=3), since={}, now=START)

    (form,) = pulls.pulled
    sent = [json.loads(gzip.decompress(path.read_bytes())) for path in form.pages]
    assert {item["token"] for page in sent for item in page["items"]} == {
        f"t{number}" for number in range(6)
    }
