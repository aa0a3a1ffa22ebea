"""The codebook: what it holds, and what it refuses."""

import csv
import shutil

import pytest

from winloss import resources
from winloss.coding import codebook
from winloss.coding.codebook import patterns
from winloss.errors import CodebookError

LEAVES = (
    "price_level price_model budget product_gap product_quality integration ease_of_use"
    " perception_gap sales_understanding sales_pressure sales_responsiveness onboarding"
    " time_to_value handover broken_promise small_print missing_proof ammunition champion_left"
    " support staff_attitude failure_response rival_better incumbent rival_relationship"
    " security_legal no_decision timing priority_change in_house never_used project_ended"
    " expectations_missed inconvenience involuntary"
)


@pytest.fixture
def seeds(tmp_path):
    """Our two files in a folder of their own."""
    for name in ("reasons.csv", "reasons.terms.csv"):
        shutil.copy(resources.folder("sql") / "seeds" / name, tmp_path)
    return tmp_path


def add(seeds, name, *cells):
    with (seeds / name).open("a", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerow(cells)


def reason(code, parent="price", label="label", valid_from="2026-01-01"):
    return code, parent, label, "d", "i", "e", "x", valid_from, ""


def test_ours_is_complete():
    """Every leaf has a parent, terms, a definition, a label in lower case and an example."""
    ours = codebook.read()
    leaves = {code for code, row in ours.reasons.items() if row.parent}

    assert leaves == set(LEAVES.split())
    assert {term.reason for term in ours.terms} == leaves
    assert all(row.definition and row.label == row.label.lower() for row in ours.reasons.values())
    with (resources.folder("sql") / "seeds" / "reasons.csv").open(encoding="utf-8") as file:
        assert all(row["example"] for row in csv.DictReader(file) if row["parent"])


def test_version_is_its_content(seeds):
    """The same cells give the same version; one more term gives another."""
    before = codebook.read(seeds).version
    add(seeds, "reasons.terms.csv", "support", "quite unheard phrase", "2", "ours_bad", "")

    assert before == codebook.read().version
    assert codebook.read(seeds).version != before


@pytest.mark.parametrize(
    ("file", "cells", "told"),
    [
        ("reasons.csv", reason("price_level"), "'price_level' is there twice"),
        ("reasons.csv", reason("fresh", parent="nowhere"), "'nowhere', which is not a top-level"),
        ("reasons.csv", reason("fresh", parent="price_level"), "not a top-level"),
        ("reasons.csv", reason("Fresh one"), "no code"),
        ("reasons.csv", reason("fresh", label=""), "no label"),
        ("reasons.csv", reason("fresh", valid_from="soon"), "a date that is none"),
        ("reasons.csv", ("fresh", "price"), "too few or many cells"),
        ("reasons.terms.csv", ("nonsense", "word", "2", "", ""), "'nonsense', which is no reason"),
        ("reasons.terms.csv", ("price", "word", "2", "", ""), "'price', which is no reason"),
        ("reasons.terms.csv", ("support", "word", "9", "", ""), "the weight '9'"),
        ("reasons.terms.csv", ("support", "word", "2", "bad", ""), "unknown polarity 'bad'"),
        ("reasons.terms.csv", ("support", "(open", "2", "", ""), "a bracket does not close"),
    ],
)
def test_refusals(seeds, file, cells, told):
    """One line that names the file, the row and what is wrong."""
    add(seeds, file, *cells)

    with pytest.raises(CodebookError, match=told):
        codebook.read(seeds)


def test_missing_file_and_column(seeds):
    (seeds / "reasons.terms.csv").write_text("reason,pattern\nsupport,x\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="lacks the column weight"):
        codebook.read(seeds)

    (seeds / "reasons.terms.csv").unlink()
    with pytest.raises(CodebookError, match=r"terms\.csv cannot be read"):
        codebook.read(seeds)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(dear|costly", "does not close"),
        ("dear)", "never opened"),
        ("(dear|)", "a word is missing"),
        ("(very)? dear", "always there"),
        ("..  dear", "a word is missing"),
        ("ex*", "too short"),
        ("*", "begin with a letter"),
        ("", "a word is missing"),
    ],
)
def test_unreadable_patterns(pattern, told):
    with pytest.raises(CodebookError, match=told):
        patterns.read(pattern)


@pytest.mark.parametrize(
    ("pattern", "hits", "misses"),
    [
        ("too (expensive|dear)", ["too dear", "TOO  expensive"], ["too expensively", "too. dear"]),
        ("price* .. (high|too much)", ["prices were far too much", "price high"], ["price. High"]),
        ("didn't (really)? listen*", ["didnt listen", "didn’t really listened"], ["did listen"]),
        ("set-up (very|so)* slow", ["set up so very slow", "set-up slow"], ["setup was slow"]),
        ("polite and *", ["polite and kind"], ["polite and"]),
    ],
)
def test_patterns(pattern, hits, misses):
    """Endings, gaps, options, missing apostrophes and open hyphens, in any case."""
    import re

    regex = re.compile(patterns.read(pattern).regex, re.IGNORECASE)

    assert all(regex.fullmatch(hit) for hit in hits)
    assert not any(regex.search(miss) for miss in misses)
