"""`winloss dictionary` and its page say what the database says."""

import re
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from winloss import cli, dictionary
from winloss.cli import defined
from winloss.errors import WarehouseError

PAGE = Path(__file__).parent.parent.parent / "docs" / "data-dictionary.md"


@pytest.fixture(scope="session")
def known() -> pl.DataFrame:
    """Everything the dictionary knows."""
    return dictionary.entries()


def test_the_page_is_what_the_database_says(known: pl.DataFrame) -> None:
    """Where this fails: `winloss dictionary --markdown > docs/data-dictionary.md`."""
    assert PAGE.read_text(encoding="utf-8") == dictionary.markdown(known)


def test_a_page_has_every_row_once(known: pl.DataFrame) -> None:
    """One heading a schema or relation, one line of a table a column."""
    lines = dictionary.markdown(known).splitlines()

    assert sum(line.startswith("## ") for line in lines) == known["schema_name"].n_unique()
    assert (
        sum(line.startswith("### ") for line in lines)
        == known.filter(
            pl.col("relation_name").is_not_null() & pl.col("column_name").is_null()
        ).height
    )
    assert sum(line.startswith("| `") for line in lines) == known["column_name"].count()


def test_the_contents_lead_to_every_heading(known: pl.DataFrame) -> None:
    """In their order, by the names that a page gives its headings: small, without points."""
    page = dictionary.markdown(known)
    contents, _, chapters = page.partition("\n## ")
    links = re.findall(r"\(#([a-z_]+)\)", contents)
    headings = re.findall(r"^###? (.+)$", f"## {chapters}", re.MULTILINE)

    assert links == [heading.replace(".", "") for heading in headings]
    assert len(links) == len(set(links))


def test_the_page_says_what_is_in_the_copy(known: pl.DataFrame) -> None:
    """In a column of its own; a relation that is not there at all says so first."""
    chapters = re.split(r"^### ", dictionary.markdown(known), flags=re.MULTILINE)
    told = {chapter.partition("\n")[0]: chapter for chapter in chapters}

    assert "\n| `seller_id` | varchar | no | " in told["marts.decisions"]
    assert "\n| `account_id` | varchar | yes | " in told["marts.decisions"]
    assert "Not in the analysts' copy." in told["staging.decisions"]
    assert "| yes |" not in told["staging.decisions"]
    assert "Not in the analysts' copy." not in told["marts.decisions"]
    assert "Call it as `marts.share(event_count, total_count)`." in told["marts.share"]


def test_a_relation_by_its_name_in_every_layer(known: pl.DataFrame) -> None:
    """Without a schema all that are called so; with one, that one."""
    both = dictionary.about(known, "decisions")
    one = dictionary.about(known, "staging.decisions")

    assert both["schema_name"].unique(maintain_order=True).to_list() == ["marts", "staging"]
    assert one["schema_name"].unique().to_list() == ["staging"]
    assert one["column_name"][0] is None
    assert "decided_on" in one["column_name"]


def test_what_is_not_published_is_told_apart(known: pl.DataFrame) -> None:
    """The seller is in the work file alone; the account is in both."""
    columns = dictionary.about(known, "marts.decisions").filter(
        pl.col("column_name").is_in(["seller_id", "account_id"])
    )

    assert dict(columns.select("column_name", "is_published").iter_rows()) == {
        "seller_id": False,
        "account_id": True,
    }


def test_a_column_by_its_name(known: pl.DataFrame) -> None:
    found = dictionary.about(known, "held_on")

    assert set(found["relation_name"]) == {"check_ins"}
    assert found["meaning"].unique().to_list() == ["The day a check-in was held."]


@pytest.mark.parametrize("name", ["share", "marts.share"])
def test_a_macro_by_its_name(
    name: str, known: pl.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    defined.one(dictionary.about(known, name), name)

    assert capsys.readouterr().out == (
        "marts.share(event_count, total_count)\n"
        "A share as a report says it, 0 to 1 in hundredths: event_count of total_count."
        " Null where total_count is below 15: say the counts alone.\n\n"
    )


@pytest.mark.parametrize("layer", ["marts", "seeds", "staging"])
def test_a_schema_by_its_name(
    layer: str, known: pl.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    """As everything is shown, that schema alone."""
    defined.one(dictionary.about(known, layer), layer)
    alone = capsys.readouterr().out
    defined.everything(known)

    assert alone in capsys.readouterr().out
    assert alone.startswith(f"{layer}\n")
    assert "\n  decisions  One row" in alone or layer == "seeds"


def test_a_column_of_one_relation(known: pl.DataFrame) -> None:
    found = dictionary.about(known, "accounts.account_id")

    assert found["meaning"].unique().to_list() == ["The account in the CRM; the key, never null."]
    assert set(found["relation_name"]) == {"accounts"}


def test_an_unknown_name_is_answered_with_those_near(known: pl.DataFrame) -> None:
    with pytest.raises(WarehouseError) as refused:
        dictionary.about(known, "marts.decision")

    assert str(refused.value).startswith(
        "Nothing in the warehouse is called marts.decision. Near to it: decision"
    )
    assert str(refused.value).endswith("`winloss dictionary` lists everything.")


def test_the_command_tells_of_one_relation() -> None:
    done = CliRunner().invoke(cli.app, ["dictionary", "marts.decisions"])

    assert done.exit_code == 0, done.exception
    assert done.stderr == ""
    text = done.stdout
    assert text.startswith("marts.decisions\nOne row per decision an account took about us;")
    assert "\n  decided_on  date  The day the decision fell, as the CRM has it; null" in text
    assert "seller_id" in text.partition("\nIn the analysts' copy without ")[2]


def test_every_relation_is_listed(known: pl.DataFrame, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name each schema's relations are printed with what one row of them is."""
    defined.everything(known)

    text = capsys.readouterr().out
    relations = known.filter(~dictionary.IS_MACRO)["relation_name"].drop_nulls().unique()
    assert [name for name in relations if f"\n  {name}  One row" not in text] == []
    macros = text.partition("\nMacros, for queries to call:\n")[2].partition("\n\nseeds\n")[0]
    assert "\n  wilson_low  Lower end of the 95 % Wilson score interval" in macros


def test_a_column_is_shown_with_where_it_stands(
    known: pl.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    defined.one(dictionary.about(known, "held_on"), "held_on")

    assert capsys.readouterr().out == (
        "held_on, date\nThe day a check-in was held.\n\n  marts  check_ins\n  staging  check_ins\n"
    )


def test_a_column_with_a_meaning_of_its_own_shows_both(
    known: pl.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    """The general meaning first, each with the relations it holds in."""
    defined.one(dictionary.about(known, "account_id"), "account_id")

    first, _, second = capsys.readouterr().out.partition("\n\nThe account in the CRM; the key")
    assert first.startswith("account_id, varchar\nThe account in the CRM; null where")
    assert " decisions, " in first
    assert "accounts" not in first
    assert second == ", never null.\n\n  marts  accounts\n  staging  accounts\n"
