"""The mapping is shown, asked about, and written; consent is never written unasked."""

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.typeform.mapping.customers_forms import RELATIONSHIP, form, question

from winloss import settings, surveying
from winloss.errors import FormError, TypeformMissing
from winloss.typeform.sandbox import Sandbox

CONSENT = question(
    "May we use your comments?",
    "multiple_choice",
    ["Yes, with my name", "Yes, anonymously", "No"],
)
OURS = question(
    "May we quote you inside our company?",
    "multiple_choice",
    ["Yes, with my name", "Yes, without my name", "No, only count my answers"],
)
HAPPENED = question("In your own words, what happened?", "long_text")
HAPPY = question("All in all, how satisfied are you with us?", "rating", steps=5)
REASON = question(
    "What is the main reason you are cancelling?",
    "multiple_choice",
    ["Too expensive", "Missing features", "Technical issues", "Just a break"],
)
FREE = question("Anything for the board?", "long_text")
MINE = f"""[[typeform.forms]]
id = "Mine1"
kind = "cancellation"
signed = false
[typeform.forms.questions]
{CONSENT["ref"]} = "may_quote"  # agreed with legal
{FREE["ref"]} = "missed"
{REASON["ref"]} = "reason_chosen"
gone = "goal"
[typeform.forms.choices.may_quote]
"Yes, with my name" = "unnamed"
"Yes, anonymously" = "counted"
[typeform.forms.choices.reason_chosen]
"Too expensive" = "budget"
"""
FORMS = {
    "Both1": form("Both", [], HAPPY, CONSENT),
    "Mine1": form("Mine", ["plan", "deal"], CONSENT, FREE, REASON, HAPPENED),
    "None1": form("None", [], FREE, question("Favourite colour?", "short_text")),
    "Pulse1": RELATIONSHIP,
    "Consent1": form("Consent", ["opportunity_id"], CONSENT),
    "Ours1": form("Ours", [], OURS, HAPPENED),
    "Signed1": form("Signed", ["sig"], HAPPENED),
    "Empty1": form("Empty", []),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "typeform" / "forms"
    folder.mkdir(parents=True)
    for form_id, made in FORMS.items():
        (folder / f"{form_id}.json").write_text(json.dumps(made | {"id": form_id}), "utf-8")
    with Sandbox(tmp_path / "typeform") as sandbox:
        toml = f'company = "Northwind"\n[typeform]\nbase_url = "{sandbox.base_url}"\n'
        (tmp_path / settings.FILE).write_text(toml, "utf-8")
        monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", "sandbox")
        yield tmp_path


def written(home: Path) -> settings.FormSettings:
    (made,) = settings.read(home).typeform.forms
    return made


def test_consent_in_other_words_is_not_written_unasked(
    home: Path, capsys: pytest.CaptureFixture[str]
):
    surveying.map_form(home, "Consent1", "pulse", is_agreed=True)

    said = " ".join(capsys.readouterr().out.split())
    assert "may_quote is consent: it is written only once a person has agreed to it." in said
    assert "What its link carries: opportunity_id. Only names of ours are read" in said
    assert "Nothing was written: no question of it can be used yet." in said
    assert settings.read(home).typeform.forms == ()


def test_consent_in_our_own_words_is_written(home: Path):
    surveying.map_form(home, "Ours1", "lost_deal", is_agreed=True)

    made = written(home)
    assert made.questions == {OURS["ref"]: "may_quote", HAPPENED["ref"]: "what_happened"}
    assert made.choices["may_quote"]["No, only count my answers"] == "counted"


def test_a_form_with_a_signature_stays_signed(home: Path):
    surveying.map_form(home, "Signed1", "lost_deal", is_agreed=True)

    assert written(home).signed


def test_what_the_settings_say_of_signatures_stays(home: Path):
    with (home / settings.FILE).open("a", encoding="utf-8") as file:
        file.write('[[typeform.forms]]\nid = "Pulse1"\nkind = "pulse"\n')

    surveying.map_form(home, "Pulse1", "pulse", is_agreed=True)

    assert written(home).signed
    assert written(home).questions


def test_a_person_agrees_to_the_mapping_and_to_consent_apart(home: Path):
    said = at_a_terminal(home, "Both1", "y\n", "y\n")

    assert "“May we use your comments?” would be read as may_quote" in said
    assert "Yes, anonymously means unnamed" in said
    assert written(home).questions == {HAPPY["ref"]: "satisfaction", CONSENT["ref"]: "may_quote"}
    assert written(home).choices["may_quote"]["Yes, anonymously"] == "unnamed"


def test_of_consent_alone_one_question_is_asked(home: Path):
    at_a_terminal(home, "Consent1", "y\n")

    assert written(home).questions == {CONSENT["ref"]: "may_quote"}


def test_a_person_agrees_to_the_mapping_but_not_to_consent(home: Path):
    at_a_terminal(home, "Both1", "y\n", "n\n")

    assert written(home).questions == {HAPPY["ref"]: "satisfaction"}


def test_a_person_says_no(home: Path):
    before = (home / settings.FILE).read_bytes()

    said = at_a_terminal(home, "Pulse1", "n\n")

    assert "Nothing was written." in said
    assert (home / settings.FILE).read_bytes() == before


@pytest.mark.parametrize("is_agreed", [True, False])
def test_mapping_again_takes_nothing_away_and_adds_what_is_not_mapped(home: Path, *, is_agreed):
    mine = own(home)

    if is_agreed:
        surveying.map_form(home, "Mine1", "cancellation", is_agreed=True)
    else:
        at_a_terminal(home, "Mine1", "y\n", "n\n", kind="cancellation")

    now = written(home)
    assert now.questions == mine.questions | {HAPPENED["ref"]: "what_happened"}
    assert now.choices["may_quote"] == mine.choices["may_quote"]
    assert now.choices["reason_chosen"]["Too expensive"] == "budget"
    assert now.choices["reason_chosen"]["Missing features"] == "product_gap"
    assert "price_level" not in now.choices["reason_chosen"].values()
    assert not now.signed
    assert "# agreed with legal" in (home / settings.FILE).read_text("utf-8")


def test_mapping_a_third_time_changes_no_byte(home: Path, capsys: pytest.CaptureFixture[str]):
    own(home)
    surveying.map_form(home, "Mine1", "cancellation", is_agreed=True)
    before = (home / settings.FILE).read_bytes()

    surveying.map_form(home, "Mine1", "cancellation", is_agreed=True)

    assert (home / settings.FILE).read_bytes() == before
    said = " ".join(capsys.readouterr().out.split())
    assert "Nothing was written: there is no line to add, and what was there stays." in said


def test_lines_that_are_there_are_shown_as_yours(home: Path, capsys: pytest.CaptureFixture[str]):
    own(home)

    surveying.map_form(home, "Mine1", "cancellation", is_agreed=True)

    lines = capsys.readouterr().out.splitlines()
    assert any(line.split()[:2] == ["may_quote", "yours"] for line in lines)
    assert any(line.split()[:2] == ["what_happened", "1.00"] for line in lines)
    assert any(line.split() == ["Too", "expensive", "budget", "yours"] for line in lines)
    said = " ".join(" ".join(lines).split())
    assert "gone, which you map to goal, is no longer asked" in said


def test_the_kind_is_changed_by_a_person_alone(home: Path):
    own(home)
    before = (home / settings.FILE).read_bytes()

    with pytest.raises(
        FormError, match=r"is written as cancellation; change kind in winloss\.toml"
    ):
        surveying.map_form(home, "Mine1", "lost_deal", is_agreed=True)

    assert (home / settings.FILE).read_bytes() == before


def test_a_form_of_which_nothing_is_ours_is_not_written(
    home: Path, capsys: pytest.CaptureFixture[str]
):
    before = (home / settings.FILE).read_bytes()

    surveying.map_form(home, "None1", "lost_deal", is_agreed=True)

    said = " ".join(capsys.readouterr().out.split())
    assert "None of its two questions can be read as ours." in said
    assert (home / settings.FILE).read_bytes() == before


def test_the_essentials_come_first_and_every_hidden_field_is_named(
    home: Path, capsys: pytest.CaptureFixture[str]
):
    own(home)

    surveying.map_form(home, "Mine1", "cancellation", is_agreed=True)

    said = " ".join(capsys.readouterr().out.split())
    mend, lack, check = (
        said.index(heading)
        for heading in ("To be mended before", "What the report will lack", "To check")
    )
    assert mend < said.index("Its link carries no decision_id.") < lack
    assert mend < said.index("What its link carries: plan and deal.") < lack
    assert "under another name stands beside no decision" in said
    assert mend < said.index("Nothing asks may_see.") < lack
    assert lack < said.index("would_move: Nobody says") < check
    assert mend < said.index("may_quote is consent: it is written only once") < lack
    assert 'questions = { q7 = "may_quote" }' in said
    assert "strength: how alike the words are" in said


def test_no_line_is_wider_than_the_screen_and_points_hang(
    home: Path, capsys: pytest.CaptureFixture[str]
):
    surveying.map_form(home, "Pulse1", "pulse", is_agreed=True)

    said = capsys.readouterr().out.split("This goes into")[0].split("The form in")[0]
    lines = said.splitlines()
    assert max(map(len, lines)) <= 80
    points = lines[lines.index("What the report will lack") + 1 : lines.index("To check") - 1]
    assert all(line.startswith(("· ", "  ")) for line in points)
    assert "how satisfied" in said.split("strength")[1].lower()


def own(home: Path) -> settings.FormSettings:
    """A mapping made by hand."""
    with (home / settings.FILE).open("a", encoding="utf-8") as file:
        file.write(MINE)
    return written(home)


def test_a_form_that_asks_nothing_and_one_that_is_not_there(home: Path):
    with pytest.raises(FormError, match="asks nothing"):
        surveying.map_form(home, "Empty1", "pulse", is_agreed=True)
    with pytest.raises(TypeformMissing):
        surveying.map_form(home, "Nowhere1", "pulse", is_agreed=True)


def at_a_terminal(home: Path, form_id: str, *answers: str, kind: str = "pulse") -> str:
    """What a person sees who gives these answers, each once its question stands there."""
    ours, theirs = pty.openpty()
    command = [str(Path(sys.executable).parent / "winloss"), "forms", "map", form_id]
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120"}
    with subprocess.Popen(
        [*command, "--kind", kind, "--home", str(home)],
        stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        seen, left = "", list(answers)
        while chunk := _chunk(ours):
            seen += chunk
            if left and seen.rstrip().endswith("[y/N]:"):
                os.write(ours, left.pop(0).encode())
                seen += "\n"
        os.close(ours)
    assert process.returncode == 0, seen
    assert not left
    return seen


def _chunk(terminal: int) -> str:
    if not select.select([terminal], [], [], 60)[0]:
        return ""
    try:
        return os.read(terminal, 4096).decode("utf-8", "replace")
    except OSError:
        return ""
