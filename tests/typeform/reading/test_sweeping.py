"""What a form still holds: every name on every page, of partial and completed responses alike."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from tests.typeform.conftest import START

from winloss.errors import TypeformRefused, TypeformUnreachable
from winloss.typeform.reading.progress import Progress
from winloss.typeform.reading.sweeping import Named, read_names
from winloss.typeform.sandbox import Sandbox

NOW = START + timedelta(days=1)
PARTIAL = {
    "response_type": "partial",
    "submitted_at": None,
    "staged_at": "2026-09-01T08:00:00Z",
}


class _Watched(list[str]):
    """Requests that are acted upon before they are answered."""

    def __init__(self, act: Callable[[str], None]) -> None:
        super().__init__()
        self._act = act

    def append(self, request: str) -> None:
        super().append(request)
        self._act(request)


@contextmanager
def watching(sandbox: Sandbox, act: Callable[[str], None]) -> Iterator[None]:
    """Do something at the source while it is read."""
    before = sandbox.behaviour.requests
    sandbox.behaviour.requests = _Watched(act)
    yield
    sandbox.behaviour.requests = before


def names(named: Named, form_id: str = "Lost1") -> frozenset[str]:
    found = {each.form_id: each.names for each in named.read}
    return found[form_id]


def test_every_page_of_both_types_and_no_words(sandbox, programme, response) -> None:
    """Partial and completed responses are walked to the end; answers are not even carried."""
    answers = [{"type": "text", "text": "taken back", "field": {"id": "1", "ref": "why"}}]
    for number in range(5):
        sandbox.put("Lost1", response(f"done{number}", number, answers=answers))
    sandbox.put("Lost1", response("begun", **PARTIAL))

    named = read_names(programme(sandbox.base_url, page_size=2), now=NOW)

    asked = [each for each in sandbox.behaviour.requests if "/responses?" in each]
    assert names(named) == {"begun", *(f"done{number}" for number in range(5))}
    assert names(named, "Cancel1") == frozenset()
    assert named.unread == ()
    assert all("fields=none" in each and "since=" not in each for each in asked)


@pytest.mark.parametrize("key", ["token", "response_id", "landing_id"])
def test_a_response_is_called_by_whatever_names_it(sandbox, programme, response, key) -> None:
    """Old responses have one name only; where there are several, each is known."""
    old = response("", 1) | {"token": "", "response_id": None, "landing_id": "", key: "old"}
    whole = response("a", 2) | {"response_id": "b", "landing_id": "c"}
    for each in (old, whole):
        sandbox.put("Lost1", each)

    named = read_names(programme(sandbox.base_url), now=NOW)

    assert names(named) == {"old", "a", "b", "c"}


def test_a_form_read_in_part_says_nothing(sandbox, programme, response) -> None:
    """A walk that breaks off is no list of names: the form is set aside, the others are read."""
    for number in range(4):
        sandbox.put("Lost1", response(f"lost{number}", number))
        sandbox.put("Cancel1", response(f"gone{number}", number))

    def fail_half_way(request: str) -> None:
        if "/Lost1/" in request and "before=" in request:
            sandbox.fail("500")

    settings = programme(sandbox.base_url, page_size=2, retries=2, forms_at_once=1)
    with watching(sandbox, fail_half_way):
        named = read_names(settings, now=NOW)

    assert [(each.form_id, each.is_gone) for each in named.unread] == [("Lost1", False)]
    assert [each.form_id for each in named.read] == ["Cancel1"]
    assert names(named, "Cancel1") == {f"gone{number}" for number in range(4)}


def test_an_empty_page_by_mistake_is_no_empty_form(sandbox, programme, response) -> None:
    """Where more was counted than came, the page is asked for once more."""
    sandbox.put("Lost1", response("there"))
    asked: list[str] = []

    def come_empty_once(request: str) -> None:
        if "/Lost1/" in request and "=completed" in request and not asked:
            sandbox.fail("hollow")
            asked.append(request)

    with watching(sandbox, come_empty_once):
        named = read_names(programme(sandbox.base_url, forms_at_once=1), now=NOW)

    assert asked
    assert names(named) == {"there"}


def test_a_form_that_is_gone_is_said_to_be(sandbox, programme, response) -> None:
    """No such form is another thing than a form without responses."""
    sandbox.put("Cancel1", response("kept"))
    sandbox.drop_form("Lost1")

    named = read_names(programme(sandbox.base_url), now=NOW)

    (missing,) = named.unread
    assert (missing.form_id, missing.form_kind, missing.is_gone) == ("Lost1", "lost_deal", True)
    assert "Lost1" in missing.detail
    assert names(named, "Cancel1") == {"kept"}


def test_all_forms_gone(sandbox, programme) -> None:
    """Nothing is read, and each form is named with what to do."""
    for form_id in ("Lost1", "Cancel1"):
        sandbox.drop_form(form_id)

    named = read_names(programme(sandbox.base_url), now=NOW)

    assert named.read == ()
    assert [each.is_gone for each in named.unread] == [True, True]


def test_a_token_without_rights_is_no_empty_form(sandbox, programme) -> None:
    """Where nothing at all can be read, the first refusal is raised."""
    with pytest.raises(TypeformRefused, match="WINLOSS_TYPEFORM_TOKEN"):
        read_names(programme(sandbox.base_url, token="wrong"), now=NOW)


def test_nobody_answers(programme) -> None:
    """A host that is away is worth another try, and says so by its name."""
    with pytest.raises(TypeformUnreachable):
        read_names(programme("http://127.0.0.1:9", retries=0), now=NOW)


def test_the_wrong_data_centre_is_no_empty_form(folder, sandbox, programme, monkeypatch) -> None:
    """Typeform's wrong centre says there are no responses; the form itself says where they are."""
    kept = json.loads((folder / "forms" / "Lost1.json").read_text())
    kept["_links"] = {"responses": "https://api.eu.typeform.com/forms/Lost1/responses"}
    sandbox._store.put_form("Lost1", kept)
    monkeypatch.setattr("winloss.typeform.api.centres._HOSTS", {"api.eu.typeform.com", "127.0.0.1"})

    named = read_names(programme(sandbox.base_url), now=NOW)

    (refused,) = named.unread
    assert (refused.form_id, refused.is_gone) == ("Lost1", False)
    assert "api.eu.typeform.com" in refused.detail


def test_completed_between_the_two_walks(sandbox, programme, response) -> None:
    """Whoever goes on and submits while we read is in the first walk or in the second."""
    sandbox.put("Lost1", response("moving", **PARTIAL))
    sandbox.put("Lost1", response("done", 1))

    asked = []

    def submit_between(request: str) -> None:
        asked.extend(re.findall("response_type=([a-z]+)", request))
        if len(set(asked)) == 2:
            sandbox.put("Lost1", response("moving", 60 * 24 + 1))

    with watching(sandbox, submit_between):
        named = read_names(programme(sandbox.base_url, forms_at_once=1), now=NOW)

    assert names(named) == {"moving", "done"}


def test_completed_after_the_sweep_began(sandbox, programme, response) -> None:
    """A response that was partial a moment ago is submitted later than the sweep's own instant."""
    sandbox.put("Lost1", response("moved", 60 * 24 + 1))

    named = read_names(programme(sandbox.base_url), now=NOW)

    assert names(named) == {"moved"}


@pytest.mark.parametrize(
    ("told", "lacking"), [(None, 0), (2, 0 + 2), (1, 0 + 1), (0, 0), (7, 5 + 7)]
)
def test_fewer_than_were_counted(sandbox, programme, response, told, lacking) -> None:
    """A walk that gave fewer than Typeform counts says how many; one that gave more is whole.

    The count is told of completed responses and of partial ones, of which there are none.
    """
    for number in range(2):
        sandbox.put("Lost1", response(f"done{number}", number))
    sandbox.behaviour.told_total = told

    named = read_names(programme(sandbox.base_url), now=NOW)

    assert {each.form_id: each.lacking_count for each in named.read}["Lost1"] == lacking


def test_progress_over_all_forms(sandbox, programme, response) -> None:
    """Forms done, responses so far, and of how many, over all threads."""
    for number in range(3):
        sandbox.put("Lost1", response(f"lost{number}", number))
        sandbox.put("Cancel1", response(f"gone{number}", number))
    said: list[Progress] = []

    read_names(programme(sandbox.base_url, page_size=2), now=NOW, progress=said.append)

    counts = [each.response_count for each in said]
    assert counts == sorted(counts)
    assert (said[-1].forms_done, said[-1].form_count) == (2, 2)
    assert (said[-1].response_count, said[-1].expected_count) == (6, 6)
