"""Where so much is gone that a person should look first, and what is said of it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from winloss import settings, sweeping
from winloss.errors import SettingsError, TypeformError

from .sweeping import FORMS, LATER, Small, numbered, prepared


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Small]:
    with prepared(tmp_path, monkeypatch) as programme:
        yield programme


def test_a_form_that_is_gone_keeps_its_responses(small: Small) -> None:
    """Nobody can tell an old form cleared away from words taken back: a person says."""
    small.put("Lost1", *numbered(6))
    small.put("Cancel1", "c")
    small.pull()
    small.sandbox.drop_form("Lost1")

    found = small.sweep()["Lost1"]

    sweeping.check([found])
    assert found.statements == {}
    assert "(six responses) is kept and counts on" in found.unread
    assert "winloss sweep --accept Lost1" in found.unread
    assert small.deleted() == []

    assert len(small.sweep(LATER, "Lost1")["Lost1"].gone) == 6
    assert small.deleted() == numbered(6)


def test_what_follows_is_said(small: Small) -> None:
    """In sentences: what counts no more, what counts again, and nothing where there is a doubt."""
    small.put("Lost1", *numbered(9))
    small.pull()
    small.drop("Lost1", "r0", "r1")
    (gone,) = sweeping.said(small.sweep().values())
    assert gone.startswith("Two responses were deleted at the source and count no more")
    assert gone.endswith("Editions made before keep their words.")
    assert sweeping.said(small.sweep(LATER).values()) == ["Nothing more was deleted at the source."]

    small.put("Lost1", "r0")
    small.drop("Lost1", "r2")
    gone, back = sweeping.said(small.sweep(LATER + timedelta(hours=1)).values())
    assert gone.startswith("One response was deleted at the source and counts no more")
    assert back == "One response is back at the source and counts again."

    small.drop("Lost1", *numbered(9))
    assert sweeping.said(small.sweep(LATER + timedelta(hours=2)).values()) == []


def test_only_forms_that_are_gone(small: Small) -> None:
    """A token of another account looks like this: nothing follows, and each form says so."""
    small.put("Lost1", "r")
    small.pull()
    for form_id in FORMS:
        small.sandbox.drop_form(form_id)

    found = small.sweep()

    assert [bool(each.unread) for each in found.values()] == [True, True]
    assert small.deleted() == []


@pytest.mark.parametrize(
    ("held", "gone", "is_believed"),
    [(4, 3, True), (10, 5, True), (10, 6, False), (5, 5, False), (4, 4, False), (1, 1, False)],
)
def test_more_than_half_of_a_form_is_not_believed(
    small: Small, *, held: int, gone: int, is_believed: bool
) -> None:
    """All, or five at least and more than half: a person looks first; other forms are swept."""
    small.put("Lost1", *numbered(held))
    small.put("Cancel1", *numbered(3))
    small.pull()
    small.drop("Lost1", *numbered(gone))
    small.drop("Cancel1", "r2")

    found = small.sweep()

    lost = [name for name in small.deleted() if name != "r2"]
    assert found["Cancel1"].statements == {"r2": True}
    if is_believed:
        sweeping.check(found.values())
        assert len(found["Lost1"].statements) == gone
        return
    with pytest.raises(
        TypeformError, match=rf"Of {held} .* Lost1 .* {gone} (is|are) not .* --accept"
    ):
        sweeping.check(found.values())
    assert (lost, found["Lost1"].statements) == ([], {})

    accepted = small.sweep(LATER, "Lost1")
    sweeping.check(accepted.values())
    assert len(accepted["Lost1"].statements) == gone


def test_a_kind_will_do_where_one_form_has_it(small: Small) -> None:
    small.put("Lost1", *numbered(6))
    small.pull()
    small.drop("Lost1", *numbered(6))

    assert small.sweep()["Lost1"].doubt
    (found,) = (
        each for each in sweeping.sweep(small.home, LATER, ["lost_deal"]) if each.form_id == "Lost1"
    )
    assert len(found.gone) == 6
    assert not found.doubt
    assert small.deleted() == numbered(6)


def test_a_kind_of_two_forms_does_not_say_which(small: Small) -> None:
    file = small.home / settings.FILE
    form = '[[typeform.forms]]\nid = "Lost2"\nkind = "lost_deal"\nsigned = false\n'
    file.write_text(file.read_text("utf-8") + form, "utf-8")

    with pytest.raises(SettingsError, match=r"Two forms .* lost_deal: Lost1 and Lost2.*--accept"):
        sweeping.sweep(small.home, LATER, ["lost_deal"])
    with pytest.raises(SettingsError, match=r"no form pulse .*Lost1 \(lost_deal\), Cancel1 "):
        sweeping.sweep(small.home, LATER, ["pulse"])
    programme = settings.read(small.home)
    assert sweeping.accepted_forms(programme, ["Lost2", "cancellation"]) == ("Lost2", "Cancel1")


def test_fewer_given_than_counted_is_not_believed(small: Small) -> None:
    """Typeform counts four of each type, and gives three and none: the fourth may be there."""
    small.put("Lost1", *numbered(4))
    small.pull()
    small.drop("Lost1", "r0")
    small.sandbox.behaviour.told_total = 4

    found = small.sweep()

    with pytest.raises(TypeformError, match="counts five responses of lost_deal Lost1 more"):
        sweeping.check(found.values())
    assert small.deleted() == []
    assert small.sweep(LATER, "Lost1")["Lost1"].gone == ("r0",)


def test_a_count_that_lies_is_no_matter_while_nothing_is_gone(small: Small) -> None:
    small.put("Lost1", *numbered(4))
    small.pull()
    small.sandbox.behaviour.told_total = 471

    sweeping.check(small.sweep().values())
