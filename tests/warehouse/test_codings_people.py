"""What people coded outlasts splits, deletions and decisions that turn."""

from pathlib import Path

import duckdb
import pytest
from tests.warehouse import words
from tests.warehouse.test_codings_anew import write_second

from winloss import warehouse
from winloss.warehouse import labels

pytestmark = pytest.mark.slow

TURNED = "It was said three times and then three times more, in vain."
UNMARKED = "\u2003We waited \U0001f469\u200d\U0001f4bb for Zu\u0308rich, again and again.\u00a0"


def test_a_decision_that_turns_keeps_what_a_person_said(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """Won after all, the words have the reasons a person gave when it was lost, and teach them."""
    own = words.recipe_of(recipe, book)
    words.land(folder, {"r9": TURNED}, decision_id="d")
    words.decide(built, "lost", days=0)
    words.build(built, own, folder, days=1)
    words.label(built, TURNED, "delay", days=2)
    words.build(built, own, folder, days=3)
    said = "select stance, reason, polarity, coder, needs_review from marts.codes"
    said += " join marts.verbatims using (verbatim_key) where verbatims.response_id = 'r9'"
    before = built.execute(said).fetchall()

    words.decide(built, "won", days=4)
    words.build(built, own, folder, days=5)

    assert before == [("against", "delay", "ours_bad", "human", False)]
    assert built.execute(said).fetchall() == [("for", "delay", "ours_good", "human", False)]
    taught = labels.standing(built).select("text", "stance", "reason", "polarity").rows()
    assert taught == [(TURNED, "for", "delay", None)]


def test_coded_anew_after_a_split(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """A settlement with a reason that is split goes back to review; who codes it then decides."""
    words.build(built, words.recipe_of(recipe, book), folder, days=1)
    words.label(built, words.SLOW, "price", days=2)
    words.label(built, words.SLOW, "support", days=3, reviewer="bo", sample="disputed")
    write_second(book)
    own = words.recipe_of(recipe, book)
    review = "select distinct needs_review from marts.verbatims where response_id = 'r2'"
    words.build(built, own, folder, days=5)
    is_open = built.execute(review).fetchall()
    machine = words.codes(built)

    words.label(built, words.SLOW, "speed", days=6, reviewer="cy")
    words.build(built, own, folder, days=7)

    assert is_open == [(True,)]
    assert ("r2", "reach", "rules") in machine
    assert built.execute(review).fetchall() == [(False,)]
    assert {("r2", "speed", "human"), ("r5", "speed", "human")} <= set(words.codes(built))


def test_all_the_words_are_the_evidence_where_none_are_marked(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """Counted in code points as Python does, and without the white space around."""
    own = words.recipe_of(recipe, book)
    words.land(folder, {"r9": UNMARKED})
    words.build(built, own, folder, days=1)
    words.label(built, UNMARKED, "delay", days=2, is_marked=False)

    words.build(built, own, folder, days=3)

    ((start, end, text),) = built.execute(
        "select span_start, span_end, text from marts.codes"
        " join marts.verbatims using (verbatim_key) where verbatims.response_id = 'r9'"
    ).fetchall()
    assert text[start:end] == UNMARKED.strip()
    assert len(text) > len(UNMARKED.strip())


def test_step_by_step_with_people_and_deletions(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """Labels of words that go, come back and turn leave what one full build makes."""
    own = words.recipe_of(recipe, book)
    words.land(folder, {"r9": TURNED}, decision_id="d")
    words.decide(built, "lost", days=0)
    words.build(built, own, folder, days=1)
    words.label(built, TURNED, "delay", days=2, is_marked=False)
    words.label(built, words.LATE, "support", days=2)
    words.label(built, words.LATE, "delay", days=2, reviewer="bo", is_marked=False)
    words.label(built, words.ODD, days=2)
    words.build(built, own, folder, days=3)
    with_people = words.codes(built)
    for response_id in ("r3", "r4", "r1"):
        words.land_deletion(folder, response_id, days=4)
    words.build(built, own, folder, days=5)
    without = words.codes(built)
    words.decide(built, "won", days=6)
    words.land(folder, {"r3": words.LATE, "r12": words.ODD}, days=6)
    words.build(built, own, folder, days=7)
    grown = words.content(built)

    words.build(built, own, folder, days=7, is_full=True)

    anew = words.content(built)
    assert {name for name in anew if grown[name] != anew[name]} == set()
    assert ("r3", "delay", "human") in with_people
    assert "r3" not in {row[0] for row in without}
    assert ("r3", "delay", "human") in words.codes(built)
