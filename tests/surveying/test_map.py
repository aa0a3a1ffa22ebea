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
FORMS = {
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
    assert "opportunity_id may be one of ours" in said
    assert written(home).questions == {}
    assert written(home).choices == {}


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
    said = at_a_terminal(home, "Consent1", "y\n", "y\n")

    assert "“May we use your comments?” would be read as may_quote" in said
    assert "Yes, anonymously means unnamed" in said
    assert written(home).questions == {CONSENT["ref"]: "may_quote"}


def test_a_person_agrees_to_the_mapping_but_not_to_consent(home: Path):
    at_a_terminal(home, "Consent1", "y\n", "n\n")

    assert written(home).questions == {}


def test_a_person_says_no(home: Path):
    before = (home / settings.FILE).read_bytes()

    said = at_a_terminal(home, "Pulse1", "n\n")

    assert "Nothing was written." in said
    assert (home / settings.FILE).read_bytes() == before


def test_a_form_that_asks_nothing_and_one_that_is_not_there(home: Path):
    with pytest.raises(FormError, match="asks nothing"):
        surveying.map_form(home, "Empty1", "pulse", is_agreed=True)
    with pytest.raises(TypeformMissing):
        surveying.map_form(home, "Nowhere1", "pulse", is_agreed=True)


def at_a_terminal(home: Path, form_id: str, *answers: str) -> str:
    """What a person sees who gives these answers, each once its question stands there."""
    ours, theirs = pty.openpty()
    command = [str(Path(sys.executable).parent / "winloss"), "forms", "map", form_id]
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120"}
    with subprocess.Popen(
        [*command, "--kind", "pulse", "--home", str(home)],
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
