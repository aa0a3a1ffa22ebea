"""The questions analysts start from run on the published copy."""

from pathlib import Path

import duckdb
import pytest

from winloss import resources

EXAMPLES = sorted((resources.folder("sql") / "examples").glob("*.sql"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example(path: Path, finished: Path) -> None:
    """Each file opens with its question, and answers it."""
    text = path.read_text(encoding="utf-8")
    with duckdb.connect(str(finished / "published/winloss.duckdb"), read_only=True) as connection:
        rows = connection.execute(text).fetchall()

    assert text.startswith("-- ")
    assert text.partition("\n")[0].endswith("?")
    assert rows
