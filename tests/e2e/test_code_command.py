"""`winloss code` and `winloss codebook check`, as an analyst types them."""

import csv
import random
from pathlib import Path

import pytest
from tests.coding.codebook.books import write as write_book
from tests.e2e.test_command_line import winloss
from tests.texts.files import write

SUBJECTS = {
    "late": ("it left {} hours late", "we waited {} hours at the gate", "again {} hours behind"),
    "crew": ("steward {} was rude", "row {} was ignored by the crew", "crew {} rolled their eyes"),
    "bags": ("bag {} never came", "suitcase {} arrived torn", "luggage {} went to another town"),
}


def texts_of(count: int, seed: int) -> list[tuple[str, str, str]]:
    """Invented texts, each with the reason it was made of."""
    dice = random.Random(seed)
    rows = []
    for number in range(count):
        reason = dice.choice(sorted(SUBJECTS))
        words = dice.choice(SUBJECTS[reason]).format(number)
        rows.append((f"{seed}-{number}", words, reason))
    return rows


def rows_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A codebook of a label each, texts to code, and texts that people have coded."""
    write_book(tmp_path / "book.csv", "reason|label", "late|delay", "crew|crew", "bags|luggage")
    texts, labelled = texts_of(60, seed=1), texts_of(260, seed=2)
    write(tmp_path / "texts.csv", ("id", "text"), [row[:2] for row in texts])
    write(tmp_path / "gold.csv", ("id", "text", "reasons"), texts)
    write(tmp_path / "labelled.csv", ("id", "text", "reasons"), labelled)
    return tmp_path


WAY = ("code", "--codebook", "book.csv", "--in", "texts.csv", "--no-sentence-model")


def right(folder: Path, out: str) -> int:
    """How many texts got exactly the reason they were made of."""
    gold = {row["id"]: row["reasons"] for row in rows_in(folder / "gold.csv")}
    found: dict[str, set[str]] = {}
    for row in rows_in(folder / out):
        if row["is_suggested"] == "false":
            found.setdefault(row["id"], set()).add(row["reason"])
    return sum(found.get(text_id) == {reason} for text_id, reason in gold.items())


def test_rules_alone_and_what_is_learned(folder: Path) -> None:
    """Labels teach what no term says; each id is there, and the last line says what coded."""
    alone = winloss(*WAY, "--out", "alone.csv", cwd=folder)
    taught = winloss(*WAY, "--train", "labelled.csv", "--out", "taught.csv", cwd=folder)

    assert (alone.returncode, taught.returncode) == (0, 0), alone.stderr + taught.stderr
    assert right(folder, "alone.csv") < 30
    assert right(folder, "taught.csv") > 50
    assert {row["coder"] for row in rows_in(folder / "taught.csv")} >= {"model"}
    ids = [row["id"] for row in rows_in(folder / "gold.csv")]
    for out in ("alone.csv", "taught.csv"):
        assert list(dict.fromkeys(row["id"] for row in rows_in(folder / out))) == ids
    assert "Coded by the rules. alone.csv" in alone.stdout
    assert "a learner, which decides, from 260 coded texts, without the" in taught.stdout
    assert "learning from 260 labelled texts" in taught.stderr
    assert "60 of 60 texts" in taught.stderr


def test_twice_and_in_another_order_is_the_same(folder: Path) -> None:
    """The same bytes again; with the rows of both files shuffled, the same rows."""
    first = winloss(*WAY, "--train", "labelled.csv", "--out", "1.csv", cwd=folder)
    winloss(*WAY, "--train", "labelled.csv", "--out", "2.csv", cwd=folder)
    for name in ("texts.csv", "labelled.csv"):
        header, *rows = (folder / name).read_bytes().splitlines(keepends=True)
        random.Random(5).shuffle(rows)
        (folder / name).write_bytes(header + b"".join(rows))
    winloss(*WAY, "--train", "labelled.csv", "--out", "3.csv", cwd=folder)

    assert first.returncode == 0, first.stderr
    assert (folder / "1.csv").read_bytes() == (folder / "2.csv").read_bytes()
    once, again = (
        sorted((folder / name).read_text(encoding="utf-8").splitlines())
        for name in ("1.csv", "3.csv")
    )
    assert once == again


def test_evidence_is_a_slice_of_what_was_written(folder: Path) -> None:
    """Of the learner's codes too."""
    winloss(*WAY, "--train", "labelled.csv", "--out", "o.csv", cwd=folder)
    words = {row["id"]: row["text"] for row in rows_in(folder / "texts.csv")}

    coded = [row for row in rows_in(folder / "o.csv") if row["reason"]]

    assert len(coded) >= 50
    for row in coded:
        span = slice(int(row["span_start"]), int(row["span_end"]))
        assert words[row["id"]][span] == row["evidence"] != ""


def test_what_fails_is_one_line(folder: Path) -> None:
    """Nothing is written, and nobody's words are told."""
    write(folder / "labelled.csv", ("id", "text", "reasons"), [("1", "Secret words", "lates")])

    failed = winloss(*WAY, "--train", "labelled.csv", "--out", "o.csv", cwd=folder)
    missing = winloss(*WAY, "--out", "nowhere/o.csv", cwd=folder)

    assert (failed.returncode, missing.returncode) == (1, 1)
    assert failed.stderr.splitlines()[-1] == (
        "winloss: labelled.csv row 2 has the reason 'lates' (near it: 'late'), which the codebook"
        " gives to no text; mend the row or the codebook."
    )
    assert "There is no folder nowhere; make it" in missing.stderr
    assert "Secret" not in failed.stderr + failed.stdout
    assert "Traceback" not in failed.stderr + missing.stderr
    assert not list(folder.glob("o.csv*"))


def test_the_columns_are_in_the_help(tmp_path: Path) -> None:
    """Every column that comes out, and that may go in."""
    from winloss.texts.results import COLUMNS

    said = winloss("code", "--help", cwd=tmp_path).stdout

    assert [name for name in (*COLUMNS, "text", "stance", "reasons") if name not in said] == []
    assert "--no-sentence-model" in said


def test_a_codebook_is_shown(folder: Path) -> None:
    """What it holds, and what is worth a look, when nothing is wrong."""
    checked = winloss("codebook", "check", "book.csv", cwd=folder)

    assert checked.returncode == 0, checked.stderr
    assert "three reasons; three terms read from the labels" in checked.stdout
    assert "book.csv: there is no definition of late, crew and bags; write one" in checked.stdout
    assert "sql/reports/ladder_price.sql" in checked.stdout


def test_everything_wrong_with_a_codebook_is_told(folder: Path) -> None:
    """A line each in a pipe, all at once, and the exit code says so."""
    write_book(folder / "book.csv", "reason|label|parent", "a||", "b|second|nobody")
    write_book(folder / "book.terms.csv", "reason|pattern", "c|word")
    write_book(folder / "good.csv", "reason|label", "a|first")
    write_book(folder / "seller_reasons.csv", "seller_value|reason", "x|z")

    checked = winloss("codebook", "check", "book.csv", cwd=folder)
    sellers = winloss("codebook", "check", "good.csv", cwd=folder)

    assert (checked.returncode, sellers.returncode) == (1, 1)
    orphan = "book.csv row 3: 'b' has the parent 'nobody', which is not in the file"
    assert checked.stdout.splitlines() == [
        "book.csv row 2: 'a' has no label; write what a reader calls it.",
        f"{orphan}; add it or mend the name.",
        "book.terms.csv row 2: 'c' is no reason of the codebook; add the reason or mend the name.",
        "",
        "three things to mend.",
    ]
    assert "seller_reasons.csv row 2: 'z' is no reason of the codebook" in sellers.stdout


def test_the_programmes_codebook_without_a_name(folder: Path) -> None:
    """Its own where winloss.toml names one; ours where there is no programme."""
    (folder / "winloss.toml").write_text(
        'company = "x"\n[coding]\ncodebook = "book.csv"\n', encoding="utf-8"
    )
    own = winloss("codebook", "check", cwd=folder)
    (folder / "winloss.toml").unlink()
    ours = winloss("codebook", "check", cwd=folder)

    assert "three reasons" in own.stdout
    assert "35 reasons, in 13 families" in ours.stdout
    assert ours.stdout.rstrip().endswith("Nothing is wrong.")
