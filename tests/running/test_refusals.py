"""What can be known to be wrong is said before Prefect is started, which takes its time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from winloss import running
from winloss.errors import SettingsError

WITH_FORMS = """
company = "Harbourline"
[[typeform.forms]]
id = "Lost1"
kind = "lost_deal"
signed = {signed}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A programme whose form is signed, with a token and a key."""
    (tmp_path / "winloss.toml").write_text(WITH_FORMS.format(signed="true"), "utf-8")
    monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", "tfp_some")
    monkeypatch.setenv("WINLOSS_SIGNING_KEY", "some")
    return tmp_path


def refused(home: Path, *arguments: str) -> str:
    """What a command says in a process of its own, which must not have loaded Prefect."""
    code = (
        "import sys\nfrom winloss import cli\n"
        "try:\n    cli.main()\n"
        "finally:\n    print('prefect' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments, "--home", str(home)],
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "False\n", 1)
    return done.stderr


@pytest.mark.parametrize("command", ["run", "listen"])
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WINLOSS_TYPEFORM_TOKEN", "", "WINLOSS_TYPEFORM_TOKEN is not set"),
        ("WINLOSS_TYPEFORM_TOKEN", "tfp some", "holds characters no token has"),
        ("WINLOSS_SIGNING_KEY", "", "Set WINLOSS_SIGNING_KEY"),
    ],
)
def test_a_secret_that_can_be_none(
    home: Path, monkeypatch: pytest.MonkeyPatch, command: str, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)

    assert said in refused(home, command)


@pytest.mark.parametrize(
    ("week", "said"), [("2026-W99", "not an ISO week"), ("2099-W01", "is not over yet")]
)
def test_a_week_that_can_be_none(home: Path, week: str, said: str) -> None:
    assert said in refused(home, "run", "--week", week)


def test_a_setting_is_named_as_people_count(home: Path) -> None:
    """The form at index 3 is the fourth."""
    form = '[[typeform.forms]]\nid = "Lost1"\nkind = "{kind}"\n'
    kinds = ["lost_deal"] * 3 + ["no_kind"]
    for kinds_before in (kinds, ["lost_deal"] * 8 + kinds):
        text = "".join(form.format(kind=kind) for kind in kinds_before)
        (home / "winloss.toml").write_text(f'company = "Harbourline"\n{text}', "utf-8")
        place = "the fourth" if len(kinds_before) == 4 else "number 12"

        with pytest.raises(SettingsError, match=rf"toml: typeform\.forms, {place}: kind: Input"):
            running.listen(home, None)
    (home / "winloss.toml").write_text('company = ""\n[report]\nreaders = ["a", 2]', "utf-8")
    with pytest.raises(SettingsError, match=r"toml: report\.readers, the second: Input"):
        running.listen(home, None)
