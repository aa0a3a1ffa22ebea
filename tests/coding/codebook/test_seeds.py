"""The tables of the warehouse that follow the codebook, ours or a programme's."""

import shutil

import pytest
from tests.coding.codebook.books import write

from winloss import settings, warehouse
from winloss.coding import codebook
from winloss.errors import CodebookError
from winloss.warehouse import models


def test_ours():
    """As in the files, where an empty cell is null."""
    found = codebook.seeds()

    picked = dict(found["seller_reasons"].iter_rows())
    assert found["reasons"].equals(codebook.read().frame())
    assert picked["too expensive"] == "price_level"
    assert picked["other"] is None


def test_our_list_of_values_without_what_a_codebook_lacks(tmp_path):
    path = write(tmp_path / "own.csv", "reason|label", "price_level|price", "seats|seats")

    reasons = set(codebook.seeds(path)["seller_reasons"]["reason"])

    assert reasons == {"price_level", None}


def test_a_list_of_its_own(tmp_path):
    """Values as they are matched, however they are written."""
    path = write(tmp_path / "own.csv", "reason|label", "seats|seats")
    write(tmp_path / "seller_reasons.csv", "seller_value|reason", " Bad   SEATS |seats", "None|")

    found = codebook.seeds(path)["seller_reasons"]

    assert found.rows() == [("bad seats", "seats"), ("none", None)]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("x|seat", "'seat' is no reason of the codebook (near it: 'seats')"),
        ("BAD  seats|seats", "the value 'bad seats' is there twice"),
        ("|seats", "the value is empty"),
    ],
)
def test_a_list_that_is_wrong(tmp_path, row, what):
    path = write(tmp_path / "own.csv", "reason|label", "seats|seats")
    write(tmp_path / "seller_reasons.csv", "seller_value|reason", "bad seats|seats", row)

    told = [each.what for each in codebook.check_sellers(path, codebook.read(path))]

    assert what in told
    with pytest.raises(CodebookError, match=r"seller_reasons\.csv row"):
        codebook.seeds(path)


def test_a_programmes_codebook_takes_the_place_of_ours_in_the_warehouse(tmp_path, connection):
    """Its reasons are the warehouse's, and what its CRM says is mapped to them."""
    path = write(tmp_path / "own.csv", "reason|label", "seats|the seats")
    write(tmp_path / "seller_reasons.csv", "seller_value|reason", "seats|seats")

    models.seed(connection, codebook.seeds(path))
    models.replace(connection, "staging", "reasons")

    found = warehouse.database.frame(connection, "select reason, label from staging.reasons")
    mapped = warehouse.database.frame(connection, "from seeds.seller_reasons")
    assert found.rows() == [("seats", "the seats")]
    assert mapped.rows() == [("seats", "seats")]
    assert not warehouse.database.frame(connection, "from seeds.competitors").is_empty()


def test_where_a_programmes_codebook_lies(tmp_path):
    """Beside winloss.toml, unless its path says otherwise; ours where none is named."""
    shutil.copy(codebook.ours(), tmp_path / "mine.csv")
    (tmp_path / settings.FILE).write_text('company = "x"\n', encoding="utf-8")
    without = settings.read(tmp_path)
    (tmp_path / settings.FILE).write_text(
        'company = "x"\n[coding]\ncodebook = "mine.csv"\n', encoding="utf-8"
    )

    assert codebook.path_of(without) == codebook.ours()
    assert codebook.path_of(settings.read(tmp_path)) == tmp_path.resolve() / "mine.csv"
