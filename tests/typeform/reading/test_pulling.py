"""A pull keeps what was sent, loses nothing, and can be interrupted anywhere."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest

from winloss.errors import SettingsError, TypeformRefused, TypeformUnreachable, WinLossError
from winloss.settings import FormSettings
from winloss.typeform.reading.kept import folder_of, keep
from winloss.typeform.reading.pulling import Pulls, pull

START = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
NOW = START + timedelta(days=30)


def _tokens(pulls, form_id="Lost1"):
    return [
        item["token"]
        for pulled in pulls.pulled
        if pulled.form_id == form_id
        for path in pulled.pages
        for item in json.loads(gzip.decompress(path.read_bytes()))["items"]
    ]


def _files(home):
    return {str(path): path.read_bytes() for path in home.glob("pulls/*/*")}


def test_everything_is_pulled_the_first_time(sandbox, programme, response):
    sandbox.put("Lost1", response("done", 1))
    sandbox.put(
        "Lost1", response("half", 2, response_type="partial", staged_at="2026-09-01T08:02:00Z")
    )

    pulls = pull(programme(sandbox.base_url), since={}, now=NOW)

    assert sorted(_tokens(pulls)) == ["done", "half"]
    assert [(p.form_id, p.form_kind, p.until) for p in pulls.pulled] == [
        ("Lost1", "lost_deal", NOW),
        ("Cancel1", "cancellation", NOW),
    ]
    definition = json.loads(gzip.decompress(pulls.pulled[0].definition.read_bytes()))
    assert definition["id"] == "Lost1"
    assert not any("since=" in seen for seen in sandbox.behaviour.requests)


def test_a_late_arrival_inside_the_overlap_is_not_missed(sandbox, programme, response):
    """A response submitted before the last pull may show up only after it."""
    settings = programme(sandbox.base_url, overlap_hours=1)
    last = START + timedelta(hours=10)
    cursors = {("Lost1", "completed"): last, ("Lost1", "partial"): last}
    for token, minutes in {"old": 9 * 60 - 1, "edge": 9 * 60, "late": 599, "new": 700}.items():
        sandbox.put("Lost1", response(token, minutes))

    pulls = pull(settings, since=cursors, now=NOW)

    assert _tokens(pulls) == ["new", "late", "edge"]


def test_nothing_after_now_is_pulled(sandbox, programme, response):
    sandbox.put("Lost1", response("past", 0))
    sandbox.put("Lost1", response("future", 60))

    pulls = pull(programme(sandbox.base_url), since={}, now=START)

    assert _tokens(pulls) == ["past"]


def test_pulling_again_writes_the_same_files(sandbox, programme, response, tmp_path):
    for minute in range(5):
        sandbox.put("Lost1", response(f"t{minute}", minute))
    settings = programme(sandbox.base_url, page_size=2)

    first = pull(settings, since={}, now=NOW)
    before = _files(tmp_path)
    again = pull(settings, since={}, now=NOW)

    assert first == again
    assert _files(tmp_path) == before
    assert len(before) == 5


def test_another_run_does_not_overwrite_this_one(sandbox, programme, tmp_path):
    settings = programme(sandbox.base_url)

    pull(settings, since={}, now=NOW)
    pull(settings, since={}, now=NOW + timedelta(microseconds=1))

    assert len(_files(tmp_path)) == 4


@pytest.mark.parametrize("survived", range(6))
def test_an_interrupted_pull_leaves_only_whole_files(
    sandbox, programme, response, tmp_path, survived
):
    for minute in range(5):
        sandbox.put("Lost1", response(f"t{minute}", minute))
        sandbox.put("Cancel1", response(f"c{minute}", minute))
    settings = programme(sandbox.base_url, page_size=2, requests_per_second=10)
    seen = []

    def interrupt(progress):
        seen.append(progress)
        if len(seen) > survived:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull(settings, since={}, now=NOW, progress=interrupt)
    left = _files(tmp_path)
    for body in left.values():
        json.loads(gzip.decompress(body))
    again = pull(programme(sandbox.base_url, page_size=2), since={}, now=NOW)

    assert _tokens(again) == ["t4", "t3", "t2", "t1", "t0"]
    assert _tokens(again, "Cancel1") == ["c4", "c3", "c2", "c1", "c0"]
    assert left.items() <= _files(tmp_path).items()


def test_a_write_that_fails_leaves_no_half_file(tmp_path, monkeypatch):
    """The disk fills up between writing and renaming."""

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(WinLossError, match=r"page.json.gz could not be written \(No space"):
        keep(tmp_path / "page.json.gz", b"{}")

    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_ends_the_pull_in_words(sandbox, programme, tmp_path):
    (tmp_path / "pulls").write_text("in the way")

    with pytest.raises(WinLossError, match="could not be written"):
        pull(programme(sandbox.base_url), since={}, now=NOW)


def test_a_deleted_form_is_set_aside_and_the_others_go_on(sandbox, programme, response):
    sandbox.put("Cancel1", response("c", 1))
    sandbox.drop_form("Lost1")

    pulls = pull(programme(sandbox.base_url), since={}, now=NOW)

    assert _tokens(pulls, "Cancel1") == ["c"]
    assert [(m.form_id, m.form_kind, m.reason) for m in pulls.missing] == [
        ("Lost1", "lost_deal", "form missing")
    ]
    assert "typeform.forms" in pulls.missing[0].detail


def test_a_form_that_cannot_be_paged_is_set_aside(sandbox, programme, response):
    for minute in range(5):
        sandbox.put("Lost1", response(f"t{minute}", minute))
    sandbox.behaviour.ignores_cursor = True

    pulls = pull(programme(sandbox.base_url, page_size=2), since={}, now=NOW)

    assert [(m.form_id, m.reason) for m in pulls.missing] == [("Lost1", "form unreadable")]
    assert [p.form_id for p in pulls.pulled] == ["Cancel1"]


def test_forms_that_are_all_gone_are_a_finding_not_a_crash(sandbox, programme):
    sandbox.drop_form("Lost1")
    sandbox.drop_form("Cancel1")

    pulls = pull(programme(sandbox.base_url), since={}, now=NOW)

    assert pulls.pulled == ()
    assert len(pulls.missing) == 2


def test_a_refused_token_stops_the_pull(sandbox, programme, tmp_path):
    wrong = "tfp_wrong"

    with pytest.raises(TypeformRefused, match="WINLOSS_TYPEFORM_TOKEN") as caught:
        pull(programme(sandbox.base_url, token=wrong), since={}, now=NOW)

    assert wrong not in str(caught.value)
    assert _files(tmp_path) == {}


def test_an_unset_token_says_which_setting(sandbox, programme):
    with pytest.raises(SettingsError, match="WINLOSS_TYPEFORM_TOKEN is not set"):
        pull(programme(sandbox.base_url, token=""), since={}, now=NOW)


def test_an_unreachable_host_stops_the_pull(sandbox, programme):
    sandbox.fail(*["503"] * 9)

    with pytest.raises(TypeformUnreachable, match="503"):
        pull(programme(sandbox.base_url), since={}, now=NOW)


def test_an_account_without_forms_is_no_error(programme):
    pulls = pull(programme("http://127.0.0.1:9", forms=(), token=""), since={}, now=NOW)

    assert pulls == Pulls((), ())


def test_a_form_named_twice_is_refused(programme):
    """Two threads would write the same files at the same time."""
    twice = (FormSettings(id="Lost1", kind="lost_deal"), FormSettings(id="Lost1", kind="won_deal"))

    with pytest.raises(SettingsError, match=r"names form Lost1 twice"):
        pull(programme("http://127.0.0.1:9", forms=twice), since={}, now=NOW)


@pytest.mark.parametrize(
    ("form_id", "asked"),
    [
        ("../../x", "/forms/..%2F..%2Fx"),
        ("a b/ü?#%", "/forms/a%20b%2F%C3%BC%3F%23%25"),
        ("x/responses", "/forms/x%2Fresponses"),
        ("...x", "/forms/...x"),
        ("C:\\x", "/forms/C%3A%5Cx"),
    ],
    ids=["up", "signs", "down", "dots", "drive"],
)
def test_an_odd_form_id_stays_in_its_place(answering, programme, tmp_path, form_id, asked):
    paths = []

    def answer(handler):
        paths.append(handler.path.split("?")[0])
        return b'{"id":"x","total_items":0,"items":[]}'

    forms = (FormSettings(id=form_id, kind="lost_deal"),)

    pulls = pull(programme(answering(answer), forms=forms), since={}, now=NOW)

    assert set(paths) == {asked, f"{asked}/responses"}
    (definition,) = [each.definition for each in pulls.pulled]
    assert definition.parent.parent.resolve() == tmp_path / "pulls"


@pytest.mark.parametrize("form_id", ["..", ".", "...", "a/..", "\\..\\..", "C:", "F1"])
def test_every_form_has_a_folder_of_its_own_below_pulls(tmp_path, form_id):
    folder = folder_of(tmp_path / "pulls", form_id)

    assert folder.resolve() == folder
    assert folder.parent == tmp_path / "pulls"


@pytest.mark.parametrize("form_id", ["..", ".", "", " "])
def test_what_cannot_be_a_form_id_is_never_asked_for(sandbox, programme, form_id):
    """An address that ends in two dots is another address."""
    forms = (FormSettings(id=form_id, kind="pulse"), FormSettings(id="Lost1", kind="lost_deal"))

    pulls = pull(programme(sandbox.base_url, forms=forms), since={}, now=NOW)

    assert [(each.form_id, each.reason) for each in pulls.missing] == [(form_id, "form missing")]
    assert all("/forms/Lost1" in seen for seen in sandbox.behaviour.requests)
