"""Each text is masked once, and again only where a name in it has come, gone or been cleared."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.quotes import planted

from winloss import warehouse
from winloss.quotes import Names, guarded, mask
from winloss.warehouse import masking

CALLED = "Only Zubair Okonjo never called us back."
LATE = "The crane came late."
TEXTS = (CALLED, LATE, "Ask Pippa Ravensdale of Fernhill Foods, she's kind.")

PEOPLE = ("Pippa Ravensdale", "Zubair Okonjo", "Li Do", "Bodil Quillfeather", "J. Price", "Ann Lee")
COMPANIES = ("Fernhill Foods", "Price & Lee Ltd", "E-Mail Crane AG")
KEPT = ("Dockmaster", "Karen Millen", "Crane Lee", "Okonjo Cloud")
WORDS = ("Zubair", "Okonjo", "Zubair Okonjo", "Lee", "Karen", "do")


@pytest.fixture(scope="module")
def open_warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse with no more than what masking reads."""
    connection = warehouse.in_memory()
    connection.execute(
        "create table marts.verbatims (text varchar, may_quote varchar, form_kind varchar)"
    )
    connection.execute("create table marts.promises (promise_text varchar)")
    yield connection
    connection.close()


@pytest.fixture
def held(open_warehouse: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The same, with three texts and nothing masked yet."""
    open_warehouse.execute("delete from ops.masks")
    open_warehouse.execute("delete from ops.masked_names")
    say(open_warehouse, TEXTS)
    return open_warehouse


def say(connection: duckdb.DuckDBPyConnection, texts: Sequence[str]) -> None:
    """Have marts hold these words of customers, and the same as our promises."""
    connection.execute("delete from marts.verbatims")
    connection.execute("delete from marts.promises")
    for text in texts:
        connection.execute("insert into marts.verbatims values (?, 'named', 'pulse')", [text])
    connection.execute("insert into marts.promises select text from marts.verbatims")


def kept(connection: duckdb.DuckDBPyConnection) -> dict[tuple[bytes, bool], str | None]:
    """What is remembered of each text: as printed, None where nothing is masked."""
    return {
        (bytes(key), is_guarded): text
        for key, is_guarded, text in connection.execute(
            "select text_key, is_guarded, masked_text from ops.masks"
        ).fetchall()
    }


def fresh(
    connection: duckdb.DuckDBPyConnection, texts: Sequence[str], names: Names
) -> dict[tuple[bytes, bool], str | None]:
    """What must be remembered, by masking every text anew."""
    found: dict[tuple[bytes, bool], str | None] = {}
    for text in texts:
        ((key,),) = connection.execute("select unhex(sha256(?))", [text]).fetchall()
        for is_guarded, way in ((True, guarded), (False, mask)):
            printed = way(text, names).text
            found[bytes(key), is_guarded] = printed if printed != text else None
    return found


def some(names: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True)


KNOWN = st.builds(
    lambda people, companies, rivals, cleared, may_print: Names.of(
        people=people,
        companies=companies,
        kept=rivals,
        cleared=cleared,
        may_print_unchecked=may_print,
    ),
    *(some(names) for names in (PEOPLE, COMPANIES, KEPT, WORDS)),
    st.booleans(),
)
SAID = st.one_of(
    planted.texts,
    st.lists(st.sampled_from([*PEOPLE, *COMPANIES, *KEPT, *WORDS, "never", "called"]), max_size=6)
    .map(" ".join)
    .map("We asked {} and don\u2019t know.".format),
)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(SAID, min_size=1, max_size=8, unique=True), known=st.lists(KNOWN, max_size=4))
@example(texts=["We asked Li Don\u2019t."], known=[Names.of(), Names.of(people=["Li Do"])])
@example(texts=["Zu\u200bbair lied."], known=[Names.of(), Names.of(cleared=["Zu", "bair"])])
@example(texts=["Ask Mil-\nlen."], known=[Names.of(), Names.of(people=["Jo Millen"])])
def test_the_same_as_masked_anew(
    open_warehouse: duckdb.DuckDBPyConnection, texts: list[str], known: list[Names]
) -> None:
    """Whatever names came, went and were cleared in between, nothing is remembered wrongly."""
    say(open_warehouse, texts)

    for names in known:
        masking.bring_up(open_warehouse, names)

        assert kept(open_warehouse) == fresh(open_warehouse, texts, names)


def test_nothing_is_masked_twice(held: duckdb.DuckDBPyConnection) -> None:
    """A second copy of the same masks nothing; one with a new text masks that."""
    names = Names.of(people=["Pippa Ravensdale"])
    assert masking.bring_up(held, names) == 2 * len(TEXTS)

    assert masking.bring_up(held, names) == 0
    say(held, [*TEXTS, "The price was fine."])
    assert masking.bring_up(held, names) == 2


@pytest.mark.parametrize(
    "known",
    [
        {"people": ["Zubair Okonjo"]},
        {"people": ["Zubair"]},
        {"companies": ["Okonjo"]},
        {"kept": ["Zubair Cloud"]},
        {"cleared": ["Zubair"]},
    ],
    ids=str,
)
def test_a_name_touches_its_texts_alone(
    held: duckdb.DuckDBPyConnection, known: dict[str, list[str]]
) -> None:
    """A name that comes, and goes again, has only the text masked anew that holds it."""
    masking.bring_up(held, Names.of())

    assert masking.bring_up(held, Names.of(**known)) == 2  # type: ignore[arg-type]
    assert masking.bring_up(held, Names.of()) == 2


def test_names_without_their_words_touch_nothing(held: duckdb.DuckDBPyConnection) -> None:
    """A given name alone, where the person has another one."""
    masking.bring_up(held, Names.of(people=["Okonjo"]))

    assert masking.bring_up(held, Names.of(people=["Okonjo"], companies=["Zubair Foods"])) == 0


def test_many_are_shared_among_processes(held: duckdb.DuckDBPyConnection) -> None:
    """What several processes mask is what one would have masked, each text once."""
    many = [f"{CALLED} {number}" for number in range(11_000)]
    held.execute("delete from marts.promises")
    held.register("many", pl.DataFrame({"text": many}).to_arrow())
    held.execute("insert into marts.verbatims select text, 'named', 'pulse' from many")
    names = Names.of(people=["Zubair Okonjo"])

    assert masking.bring_up(held, names) == len(many) + len(TEXTS)

    found = kept(held)
    assert len(found) == len(many) + len(TEXTS)
    some_texts = {key: text for key, text in fresh(held, many[::500], names).items() if key[1]}
    assert {key: found[key] for key in some_texts} == some_texts
    assert all(text is None or "Okonjo" not in text for text in found.values())


def test_what_is_erased_is_forgotten(held: duckdb.DuckDBPyConnection) -> None:
    """Neither words nor names outlive what they were of."""
    masking.bring_up(held, Names.of(people=["Zubair Okonjo"]))
    say(held, [LATE])

    masking.bring_up(held, Names.of())

    assert len(kept(held)) == 2
    assert held.execute("select count(*) from ops.masked_names").fetchall() == [(0,)]
    words = held.execute("select distinct unnest(spoken_words) from ops.masks").fetchall()
    assert {word for (word,) in words} == {"the", "crane", "came", "late"}


def test_other_code_masks_anew(held: duckdb.DuckDBPyConnection) -> None:
    """What an earlier version masked is not taken on trust."""
    masking.bring_up(held, Names.of())
    held.execute("update ops.masks set made_with = 'earlier', masked_text = 'nonsense'")

    assert masking.bring_up(held, Names.of()) == 2 * len(TEXTS)
    assert kept(held) == fresh(held, TEXTS, Names.of())


def test_cut_off_it_goes_on(held: duckdb.DuckDBPyConnection) -> None:
    """What was masked before a cut is not masked again."""
    count = 6_000
    held.execute("delete from marts.promises")
    held.execute(
        "insert into marts.verbatims select concat('w', n), 'named', 'pulse' from range(?) as t(n)",
        [count],
    )

    def cut(done: int, _of: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        masking.bring_up(held, Names.of(), progress=cut)
    done = len(kept(held))

    assert 0 < done < count
    assert masking.bring_up(held, Names.of()) == count + len(TEXTS) - done


def test_who_was_renamed_keeps_their_masks(connection: duckdb.DuckDBPyConnection) -> None:
    """What was said of people and accounts before holds the names they had then."""
    for day, (person, seller, account) in enumerate(
        [("Ann Birchgrove", "Bo Larchwood", "Alderfield"), ("Ann Elmsworth", "Bo Oakes", "Beechly")]
    ):
        at = datetime(2026, 9, 1 + day, 4, tzinfo=UTC)
        for entity, key, name, said in (
            ("respondents", "respondent", "respondent_name", person),
            ("sellers", "seller_id", "seller_name", seller),
            ("accounts", "account_id", "account_name", account),
        ):
            row = pl.DataFrame([{key: "x", name: said}])
            warehouse.load_records(connection, entity, row, key=key, now=at)

    names = warehouse.Reader(connection).names()

    said = "Birchgrove and Larchwood of Alderfield, then Elmsworth and Oakes of Beechly"
    assert mask(said, names).text == (
        "[name] and [name] of [company], then [name] and [name] of [company]"
    )
