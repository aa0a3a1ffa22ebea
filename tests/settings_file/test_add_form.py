"""A form goes into winloss.toml, whatever the file looks like, and nothing else changes."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.settings_file.layouts import HEAD, LAYOUTS, TAIL, A, B

from winloss import settings, settings_file
from winloss.errors import SettingsError

MAPPED: dict[str, Any] = {
    "questions": {"9f3c-11": "what_happened", "why leave?": "reason_chosen"},
    "choices": {"reason_chosen": {"Too expensive": "price_level"}},
}


@pytest.fixture(params=LAYOUTS.values(), ids=list(LAYOUTS))
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A settings file of one layout."""
    return _written(tmp_path, request.param)


def test_new_form_reads_and_nothing_else_changes(path: Path):
    old = tomllib.loads(_text(path))
    before = _comments(path)

    settings_file.add_form(path, form_id="New1", kind="cancellation", signed=False, **MAPPED)

    wanted = {"id": "New1", "kind": "cancellation", "signed": False} | MAPPED
    forms = old.get("typeform", {}).get("forms", [])
    new = tomllib.loads(_text(path))
    assert new.pop("typeform") == old.pop("typeform", {}) | {"forms": [*forms, wanted]}
    assert new == old
    assert _comments(path) == before
    (form,) = [form for form in settings.read(path.parent).typeform.forms if form.id == "New1"]
    assert form.model_dump() == wanted


def test_adding_twice_is_adding_once(path: Path):
    settings_file.add_form(path, form_id="New1", kind="cancellation", **MAPPED)
    once = path.read_bytes()

    settings_file.add_form(path, form_id="New1", kind="cancellation", **MAPPED)

    assert path.read_bytes() == once


def test_known_form_is_brought_up_to_date_in_its_place(path: Path):
    settings_file.add_form(path, form_id="New1", kind="pulse", signed=False, **MAPPED)
    before = _comments(path)
    questions = {"why leave?": "reason_chosen", "x": "goal"}

    settings_file.add_form(path, form_id="New1", kind="lost_deal", questions=questions)

    (form,) = [form for form in settings.read(path.parent).typeform.forms if form.id == "New1"]
    assert form.kind == "lost_deal"
    assert not form.signed
    assert form.questions == questions
    assert form.choices == {}
    assert _comments(path) == before


def test_comments_around_a_known_form_stay_where_they_were(tmp_path: Path):
    questions = "[typeform.forms.questions]\nq9 = 'goal'  # the ninth\nq1 = 'missed'\n"
    path = _written(tmp_path, HEAD + A + questions + TAIL)
    before = _comments(path)

    settings_file.add_form(
        path, form_id="a", kind="pulse", questions={"q9": "missed"}, choices=MAPPED["choices"]
    )

    (form,) = settings.read(tmp_path).typeform.forms
    assert form.questions == {"q9": "missed"}
    assert form.choices == MAPPED["choices"]
    assert _comments(path) == before
    assert _text(path).endswith(TAIL)


def test_what_is_not_given_stays(path: Path):
    settings_file.add_form(path, form_id="New1", kind="pulse", signed=False, **MAPPED)

    settings_file.add_form(path, form_id="New1", kind="lost_deal")

    (form,) = [form for form in settings.read(path.parent).typeform.forms if form.id == "New1"]
    assert form.model_dump() == {"id": "New1", "kind": "lost_deal", "signed": False} | MAPPED


def test_the_first_form_is_brought_up_to_date_wherever_it_stands(path: Path):
    if not any(form.id == "a" for form in settings.read(path.parent).typeform.forms):
        settings_file.add_form(path, form_id="a", kind="pulse")
    before = _comments(path)
    others = [form for form in settings.read(path.parent).typeform.forms if form.id != "a"]

    settings_file.add_form(path, form_id="a", kind="lost_deal", **MAPPED)

    first, *rest = settings.read(path.parent).typeform.forms
    assert first.model_dump() == {"id": "a", "kind": "lost_deal", "signed": True} | MAPPED
    assert rest == others
    assert _comments(path) == before


def test_notes_stand_beside_the_questions_and_cannot_break_out(tmp_path: Path):
    path = _written(tmp_path, HEAD)
    notes = {"why leave?": 'Why?\n[report]\nreaders = ["eve@evil.example"]\x00', "gone": "Gone"}

    settings_file.add_form(path, form_id="New1", kind="pulse", notes=notes, **MAPPED)
    once = path.read_bytes()
    settings_file.add_form(path, form_id="New1", kind="pulse", notes={"why leave?": "No"}, **MAPPED)

    assert '"why leave?" = "reason_chosen" # Why?[report]readers' in once.decode()
    assert settings.read(tmp_path).report.readers == ()
    assert path.read_bytes() == once


@pytest.mark.parametrize(
    "new",
    [
        HEAD + B + '[[typeform.forms]]\nid = "New1"\nkind = "pulse"\n',
        HEAD + A,
        HEAD + A + '[[typeform.forms]]\nid = "New1"\nkind = "seller"\n',
        HEAD + A + 2 * '[[typeform.forms]]\nid = "New1"\nkind = "pulse"\n',
        HEAD.replace("Northwind", "Southwind")
        + A
        + '[[typeform.forms]]\nid = "New1"\nkind = "pulse"\n',
    ],
)
def test_an_edit_that_says_anything_else_is_refused(new: str):
    """No layout is known that the editor gets wrong; another reader looks all the same."""
    wanted = {"id": "New1", "kind": "pulse"}

    with pytest.raises(SettingsError, match="cannot be edited safely"):
        settings_file._is_only_this(HEAD + A, new, wanted, Path(settings.FILE))


def test_windows_line_ends_stay(tmp_path: Path):
    path = _written(tmp_path, LAYOUTS["windows"])

    settings_file.add_form(path, form_id="New1", kind="pulse", **MAPPED)

    body = path.read_bytes()
    assert body.count(b"\n") == body.count(b"\r\n") > LAYOUTS["windows"].count("\n")


def test_form_among_tables_apart_is_found(tmp_path: Path):
    path = _written(tmp_path, LAYOUTS["tables apart"])

    settings_file.add_form(path, form_id="a", kind="won_deal")

    assert [form.kind for form in settings.read(tmp_path).typeform.forms] == ["won_deal"] * 2
    assert "# the first" in _text(path)


def test_symbolic_link_and_mode_stay(tmp_path: Path):
    real = _written(tmp_path, LAYOUTS["no typeform"])
    real.chmod(0o640)
    link = tmp_path / "linked" / settings.FILE
    link.parent.mkdir()
    link.symlink_to(real)

    settings_file.add_form(link, form_id="New1", kind="pulse")

    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert '"New1"' in _text(real)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "[typeform\n", "is not valid TOML"),
        (HEAD + "typeform = 3\n", "typeform.forms is no list of tables"),
        (HEAD + "[typeform]\nforms = 3\n", "typeform.forms is no list of tables"),
        (HEAD + A + A, "names the form a twice"),
        ("[typeform]\n" + A, "the settings would not read: {path}: company: Field required"),
    ],
)
def test_file_that_cannot_take_it_is_left_alone(tmp_path: Path, text: str, said: str):
    path = _written(tmp_path, text)

    with pytest.raises(SettingsError) as raised:
        settings_file.add_form(path, form_id="a", kind="seller")

    assert said.format(path=path) in str(raised.value)
    assert _text(path) == text
    assert [each.name for each in tmp_path.iterdir()] == [settings.FILE]


def test_kind_nobody_knows_is_not_written(tmp_path: Path):
    path = _written(tmp_path, HEAD + A)

    second = r"typeform\.forms, the second: kind: Input should be 'lost_deal'"
    with pytest.raises(SettingsError, match=second):
        settings_file.add_form(path, form_id="New1", kind="holiday")

    assert _text(path) == HEAD + A


def test_not_utf_8_is_said(tmp_path: Path):
    path = _written(tmp_path, HEAD)
    path.write_bytes('company = "Müller"\n'.encode("latin-1"))

    with pytest.raises(SettingsError, match="save it as UTF-8"):
        settings_file.add_form(path, form_id="New1", kind="pulse")


def test_no_file_is_said(tmp_path: Path):
    with pytest.raises(SettingsError, match="There is no"):
        settings_file.add_form(tmp_path / settings.FILE, form_id="New1", kind="pulse")


def _written(folder: Path, text: str) -> Path:
    path = folder / settings.FILE
    path.write_bytes(text.encode())
    return path


def _text(path: Path) -> str:
    return path.read_bytes().decode()


def _comments(path: Path) -> list[str]:
    """Each comment with what it is about: the start of its own line or of the next one."""
    kept = [line.strip() for line in _text(path).split("# The end.")[0].splitlines()]
    kept = [line for line in kept if line]
    return [
        "#".join((kept[place + line.startswith("#")][:4], line.rpartition("#")[2]))
        for place, line in enumerate(kept)
        if "#" in line
    ]
