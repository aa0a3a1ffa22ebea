"""The sample company's mail, compared letter for letter with the one last looked at."""

import difflib
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.mark.parametrize("name", ["subject.txt", "weekly.txt", "weekly.html"])
def test_golden(name: str, finished: Path, request: pytest.FixtureRequest) -> None:
    """The mail is the one in tests/golden; `make golden` accepts another."""
    (folder,) = (finished / "editions").glob("weekly-*")
    actual = (folder / name).read_text(encoding="utf-8")
    path = GOLDEN / name
    if request.config.getoption("--update-golden"):
        path.write_text(actual, encoding="utf-8")

    expected = path.read_text(encoding="utf-8")

    changes = difflib.unified_diff(
        expected.splitlines(), actual.splitlines(), "golden", "actual", lineterm="", n=1
    )
    assert "\n".join(changes) == ""
