"""The marts of what responses say: only what changed is made anew, and that always is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest
from tests.warehouse import words

from winloss import warehouse
from winloss.warehouse import models, renewing

_TITLES = "select response_id, question_title from marts.answers where is_answered order by all"

_ALL = {"r1", "r2", "r3", "r4", "r5"}

# What hangs on a response, its words, what coders and people made of them, or is shared by all.
_COMPARED = {
    *("marts.responses", "staging.responses", "staging.answers", "staging.verbatims"),
    *("staging.codings", "staging.codes", "staging.labels", "staging.standing_labels"),
    *("staging.questions", "staging.reasons", "seeds.questions", "seeds.question_map"),
}

# Of renewed marts a column that nothing else is made of.
_MARKED = {
    "answers": "question_title",
    "ratings": "about",
    "verbatims": "language",
    "codes": "codebook_version",
}


def build(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, days: int
) -> dict[str, set[str]]:
    """Build; by response, what its answered questions are called."""
    words.build(built, recipe, folder, days=days)
    found: dict[str, set[str]] = {}
    for response, title in built.execute(_TITLES).fetchall():
        found.setdefault(response, set()).add(title)
    return found


def mark(built: duckdb.DuckDBPyConnection) -> None:
    """Write into every row of the renewed marts that it is as before."""
    for name, column in _MARKED.items():
        built.execute(f"update marts.{name} set {column} = 'as before'")


def made_anew(built: duckdb.DuckDBPyConnection, name: str) -> set[str]:
    """The responses whose rows of a mart are not as they were marked."""
    unmarked = f"{_MARKED[name]} is distinct from 'as before'"
    rows = built.execute(f"select response_id from marts.{name} where {unmarked}").fetchall()
    return {response for (response,) in rows}


@contextmanager
def renewed(
    built: duckdb.DuckDBPyConnection, *recoded: tuple[str | None, str | None]
) -> Iterator[tuple[bool, set[str]]]:
    """Whether all is renewed, and the responses that are, had coders said other of these texts."""
    built.execute("create temp table recoded_texts (text_hash varchar, stance varchar)")
    for text in recoded:
        built.execute("insert into recoded_texts values (?, ?)", text)
    with renewing.renewal(built) as found:
        rows = built.execute("select response_id from renewed").fetchall()
        yield found.is_all, {response for (response,) in rows}


def test_what_renewed_marts_read_is_compared() -> None:
    """A change of anything else that they read would leave rows as they were."""
    names = [name for name in models.MARTS if renewing.is_renewed(name)]
    assert set(_MARKED) <= set(names)
    for name in names:
        text = models.sql(f"marts/{name}")
        read = set(re.findall(r"\b((?:raw|seeds|staging|marts|ops)\.\w+)\b(?!\()", text))
        assert read <= _COMPARED | {f"marts.{other}" for other in names}, name
        assert set(re.findall(r"getvariable\('(\w+)'\)", text)) <= {"salt"}, name


def test_only_what_changed_is_made_anew(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """Rows of responses that are as they were stay untouched when another one comes in."""
    build(built, recipe, folder, days=1)
    mark(built)
    words.land(folder, {"new": "They answered the phone, and support was kind."}, days=2)

    found = build(built, recipe, folder, days=3)

    assert len(found) > 1
    for name in ("answers", "verbatims", "codes"):
        assert made_anew(built, name) == {"new"}, name


def test_words_coded_by_a_person(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """Whoever said these words has other codes; coded again, they have again; others stay."""
    own = words.recipe_of(recipe, book)
    words.build(built, own, folder, days=1)
    for days, reason in ((2, "price"), (4, "delay")):
        mark(built)
        words.label(built, words.SLOW, reason, days=days)
        words.build(built, own, folder, days=days + 1)

        assert made_anew(built, "codes") == {"r2", "r5"}
        assert made_anew(built, "verbatims") == {"r2", "r5"}
        assert {("r2", reason, "human"), ("r5", reason, "human")} <= set(words.codes(built))


def test_words_about_a_decision_that_turned(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """What was said of a loss is heard otherwise of a win, as others said of a win before."""
    words.land(folder, {"r8": words.SLOW}, decision_id="w")
    words.land(folder, {"r9": words.SLOW}, decision_id="d")
    words.decide(built, "won", days=0, decision_id="w")
    words.decide(built, "lost", days=0)
    words.build(built, recipe, folder, days=1)
    mark(built)

    words.decide(built, "won", days=2)
    words.build(built, recipe, folder, days=3)

    assert made_anew(built, "verbatims") == {"r9"}


def test_a_later_version_of_a_form_leaves_who_answered_before(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """What is asked from now on is nothing to those who were asked before."""
    words.land_form(folder, "en", "What happened?")
    build(built, recipe, folder, days=1)
    mark(built)
    words.land_form(folder, "en", "What happened then?", days=2)
    words.land(folder, {"new": "They answered the phone."}, days=3)

    found = build(built, recipe, folder, days=4)

    assert found["new"] == {"What happened then?"}
    assert made_anew(built, "answers") == {"new"}


def test_another_codebook_renews_all(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """Every code says with which codebook it was found."""
    words.build(built, words.recipe_of(recipe, book), folder, days=1)
    mark(built)
    words.write_codebook(book, terms=[{"reason": "delay", "pattern": "price", "weight": "2"}])

    words.build(built, words.recipe_of(recipe, book), folder, days=2)

    assert made_anew(built, "verbatims") == _ALL
    assert words.codes(built) == [("r1", "delay", "rules")]


def test_what_is_renewed_is_seen_until_the_end(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """None where nothing changed, who said what was recoded, and all where that may be any."""
    words.build(built, recipe, folder, days=1)

    with renewed(built) as none:
        assert none == (False, set())
    with renewed(built, (words.hash_of(words.SLOW), "against")) as some:
        assert some == (False, {"r2", "r5"})
    with renewed(built, (words.hash_of(words.SLOW), "for")) as other:
        assert other == (False, set())
    with renewed(built, (None, None)) as every:
        assert every == (True, _ALL)


def test_in_batches_as_in_one_go(
    built: duckdb.DuckDBPyConnection,
    recipe: warehouse.Recipe,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However many responses are made anew at once, the rows are the same."""
    with monkeypatch.context() as small:
        small.setattr(renewing, "BATCH", 2)
        words.build(built, recipe, folder, days=1)
        words.land(folder, {"n1": words.SLOW, "n2": words.PRICE, "n3": words.LATE}, days=2)
        words.build(built, recipe, folder, days=3)
    grown = words.content(built)
    words.build(built, recipe, folder, days=3, is_full=True)

    assert words.content(built) == grown
    assert {response for (_, _, response, *_) in grown["marts.codes"]} >= {"r1", "r2", "n3"}


def test_what_all_have_in_common_changes_all(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """Other questions, and every row is made anew."""
    build(built, recipe, folder, days=1)
    mark(built)
    questions = recipe.seeds["questions"].with_columns(question_title=pl.lit("Asked anew"))
    changed = replace(recipe, seeds={**recipe.seeds, "questions": questions})

    found = build(built, changed, folder, days=2)

    assert all("as before" not in titles for titles in found.values())
    assert found


def test_rows_of_another_shape_are_all_made_anew(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """A later version's models may have other columns than the table that lies there."""
    build(built, recipe, folder, days=1)
    built.execute("alter table marts.answers drop column question_title")
    built.execute("update staging.renewals set shared_hash = 0")

    found = build(built, recipe, folder, days=2)

    assert found
    assert set().union(*found.values()) != {None}


def test_a_response_that_is_gone_leaves(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """What no longer counts has no rows, and a full build says the same."""
    words.land(folder, {"new": "They answered the phone."}, days=1)
    before = build(built, recipe, folder, days=2)
    built.execute("delete from raw.responses where response_id = 'new'")

    after = build(built, recipe, folder, days=3)

    assert before.keys() - after.keys() == {"new"}
