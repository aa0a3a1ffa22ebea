"""Every trap of reference/typeform.md has its one test, and says what it is."""

import ast
from pathlib import Path


def traps():
    """The tests named after a trap, in all files of this folder."""
    for path in sorted(Path(__file__).parent.glob("test_traps_*.py")):
        for found in ast.parse(path.read_text("utf-8")).body:
            if isinstance(found, ast.FunctionDef) and found.name.startswith("test_trap_"):
                yield found


def test_each_of_the_thirty_is_there_once():
    numbers = [int(found.name.split("_")[2]) for found in traps()]

    assert sorted(numbers) == list(range(1, 31))


def test_each_says_the_trap_in_one_sentence():
    sentences = [ast.get_docstring(found) or "" for found in traps()]

    assert [each for each in sentences if not each.endswith(".") or "\n" in each] == []
    assert len(set(sentences)) == 30
