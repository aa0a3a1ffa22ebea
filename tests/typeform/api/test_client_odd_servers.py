"""Servers that forget, lie, repeat themselves or name nothing: no response is lost to them."""

import json
from datetime import timedelta

import pytest
from tests.typeform.conftest import END, START, tokens_of

from winloss.errors import TypeformError
from winloss.typeform.api.client import Client


def _items(page):
    return json.loads(page)["items"]


def test_an_ignored_cursor_ends_in_words_not_in_a_circle(sandbox, reach, response):
    for minute in range(5):
        sandbox.put("Lost1", response(f"t{minute}", minute))
    sandbox.behaviour.ignores_cursor = True

    with (
        Client(reach(sandbox.base_url, page_size=2), "sandbox") as client,
        pytest.raises(TypeformError, match="same page of form Lost1"),
    ):
        tokens_of(client)


@pytest.mark.parametrize("told", [None, 471])
def test_a_response_without_a_name_is_not_lost(sandbox, reach, response, told):
    """The next page is asked for by the last name there is; what follows it comes again."""
    for place in range(7):
        for token in [f"t{i}" for i in range(7)]:
            sandbox.drop("Lost1", token)
        named = [i for i in range(7) if i != place]
        for i in named:
            sandbox.put("Lost1", response(f"t{i}", i))
        at = (START + timedelta(minutes=place)).strftime("%Y-%m-%dT%H:%M:%SZ")
        sandbox.put("Lost1", {"submitted_at": at})
        sandbox.behaviour.told_total = told

        for size in (2, 3):
            with Client(reach(sandbox.base_url, page_size=size), "sandbox") as client:
                found = tokens_of(client)

            assert set(found) == {None} | {f"t{i}" for i in named}, (place, size)


def test_a_page_without_any_names_is_not_taken_for_the_end(sandbox, reach):
    """Where more are told of than came, there may be more behind a page that names nothing."""
    sandbox.put("Lost1", {"submitted_at": "2026-09-01T08:00:00Z"})
    sandbox.behaviour.told_total = 2

    with (
        Client(reach(sandbox.base_url), "sandbox") as client,
        pytest.raises(TypeformError, match="names none of its responses"),
    ):
        tokens_of(client)


@pytest.mark.parametrize("read_count", [1, 2, 3])
@pytest.mark.parametrize("gone_count", [1, 2, 3, 5])
def test_what_is_deleted_meanwhile_takes_nothing_else_along(
    sandbox, reach, response, read_count, gone_count
):
    """A name the server has forgotten gives page one again: the walk finds its way."""
    for minute in range(20):
        sandbox.put("Lost1", response(f"t{minute}", minute))
    last = 20 - 4 * read_count
    gone = [f"t{minute}" for minute in range(last, last + gone_count)]

    with Client(reach(sandbox.base_url, page_size=4), "sandbox") as client:
        pages = client.pages("Lost1", response_type="completed", since=None, until=END)
        found = [item["token"] for _ in range(read_count) for item in _items(next(pages))]
        for token in gone:
            sandbox.drop("Lost1", token)
        found += [item["token"] for page in pages for item in _items(page)]

    assert set(found) >= {f"t{minute}" for minute in range(20)} - set(gone)
    assert len(found) <= 2 * 20


def test_a_refused_name_is_one_that_is_forgotten(answering, reach):
    """Another server may answer 400 for it; the response before it leads on."""

    def answer(handler):
        if "before=b" in handler.path:
            handler.send_error(400)
            return None
        rest = b"" if "before=" in handler.path else b'{"token":"a"},{"token":"b"}'
        rest = b'{"token":"c"}' if "before=a" in handler.path else rest
        return b'{"total_items":3,"items":[' + rest + b"]}"

    with Client(reach(answering(answer), page_size=2), "sandbox") as client:
        assert tokens_of(client) == ["a", "b", "c"]


@pytest.mark.parametrize("count", range(8))
def test_a_server_that_counts_the_name_asked_by_ends_all_the_same(answering, reach, count):
    """Documented is that it does not; its last page would then be that one response for ever."""
    every = [f'{{"token":"t{number}"}}' for number in range(count)]

    def answer(handler):
        first = int(handler.path.partition("before=t")[2].partition("&")[0] or 0)
        return f'{{"total_items":{count},"items":[{",".join(every[first : first + 3])}]}}'.encode()

    with Client(reach(answering(answer), page_size=3), "sandbox") as client:
        found = tokens_of(client)

    assert list(dict.fromkeys(found)) == [f"t{number}" for number in range(count)]


def test_an_ignored_cursor_costs_few_requests(sandbox, reach, response):
    for minute in range(5):
        sandbox.put("Lost1", response(f"t{minute}", minute))
    sandbox.behaviour.ignores_cursor = True

    with (
        Client(reach(sandbox.base_url, page_size=3), "sandbox") as client,
        pytest.raises(TypeformError, match="cannot be reached"),
    ):
        tokens_of(client)

    assert len(sandbox.behaviour.requests) <= 12


@pytest.mark.parametrize("told", [0, 1, 10**6, 10**30])
def test_a_total_that_lies_ends_nothing(sandbox, reach, response, told):
    for minute in range(5):
        sandbox.put("Lost1", response(f"t{minute}", minute))
    sandbox.behaviour.told_total = told

    with Client(reach(sandbox.base_url, page_size=2), "sandbox") as client:
        assert tokens_of(client) == ["t4", "t3", "t2", "t1", "t0"]


@pytest.mark.parametrize("read_count", [0, 1])
def test_a_page_that_is_empty_by_mistake_ends_nothing(sandbox, reach, response, read_count):
    for minute in range(5):
        sandbox.put("Lost1", response(f"t{minute}", minute))

    with Client(reach(sandbox.base_url, page_size=2), "sandbox") as client:
        pages = client.pages("Lost1", response_type="completed", since=None, until=END)
        found = [item["token"] for _ in range(read_count) for item in _items(next(pages))]
        sandbox.fail("hollow")
        found += [item["token"] for page in pages for item in _items(page)]

    assert found == ["t4", "t3", "t2", "t1", "t0"]


def test_a_form_that_stays_empty_against_its_total_is_empty(sandbox, reach):
    sandbox.behaviour.told_total = 471

    with Client(reach(sandbox.base_url), "sandbox") as client:
        assert tokens_of(client) == []

    assert len(sandbox.behaviour.requests) == 2
