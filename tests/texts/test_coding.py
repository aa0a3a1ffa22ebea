"""A file of texts in, a file of codes out."""

import logging
import os
from pathlib import Path

import pytest
from tests.texts.files import write

from winloss import texts
from winloss.errors import CodebookError, CodingError, WinLossError


def test_one_row_per_text_and_code(code):
    """With the words that say so, the family, and a row for each text without a code."""
    found = code([("b", "The fee! And no help."), ("a", "Nothing of the kind"), ("c", "")])

    told = [(row["id"], row["reason"], row["parent"], row["evidence"]) for row in found]
    assert told == [
        ("b", "fee", "money", "fee"),
        ("b", "help", "", "help"),
        ("a", "", "", ""),
        ("c", "", "", ""),
    ]
    assert [row["is_primary"] for row in found].count("true") == 1
    assert [row["needs_review"] for row in found[-2:]] == ["true", "false"]


def test_stance_and_language_are_read(code):
    """What was asked decides what a mention means; short texts are in the language they say."""
    rows = [
        ("1", "the fee", "against", ""),
        ("2", "the fee", "for", "EN"),
        ("3", "the fee", "", "de"),
        ("4", "the fee", "none", ""),
    ]

    found = code(rows, ("id", "text", "stance", "language"))

    assert [row["polarity"] for row in found] == ["ours_bad", "ours_good", "", "neutral"]
    assert [row["language"] for row in found] == ["en", "en", "de", "en"]
    assert found[2]["needs_review"] == "true"


def test_columns_of_another_name_and_further_ones(tmp_path, book):
    source = write(tmp_path / "t.csv", ("words", "x", "key"), [("the fee", "help", "k1")])

    texts.code(texts.Job(source, tmp_path / "o.csv", book, columns=texts.Columns("key", "words")))

    assert "k1,fee,money" in (tmp_path / "o.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["a\rb", "a\nb", "a\r\nb", 'a"b', "a,b", " a ", "=a", "a\0b", "0"])
def test_an_id_comes_out_as_it_went_in(code, name):
    """Whatever it is made of."""
    found = code([(name, "the fee")])

    assert [(row["id"], row["reason"]) for row in found] == [(name, "fee")]


def test_megabytes_in_a_cell(code):
    found = code([("1", "the fee " + "x" * 3_000_000), ("2", "help")])

    assert [row["reason"] for row in found] == ["fee", "help"]


def test_counts(tmp_path, book):
    """Texts, those coded, those to look at, and those in another language."""
    words = "Das war leider viel zu teuer für uns, und niemand hat je geholfen"
    rows = [("1", "the fee"), ("2", "Something else altogether"), ("3", words), ("4", "the fee")]
    source = write(tmp_path / "t.csv", ("id", "text"), rows)

    done = texts.code(texts.Job(source, tmp_path / "o.csv", book))

    counts = done.counts
    assert (counts.text_count, counts.coded_count) == (4, 2)
    assert (counts.review_count, counts.foreign_count) == (2, 1)
    assert not done.has_learned


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (
            b"a,b\nx,y\n",
            "has no column 'id' but 'a' and 'b'; name the one meant, the same in every file",
        ),
        (
            b"id,b\nx,y\n",
            "has no column 'text' but 'id' and 'b'; name the one meant",
        ),
        (b"id;text\nx;y\n", "are separated by “;”; save it with commas"),
        (b"id,text,id\nx,y,z\n", "has the column 'id' twice"),
        (b"id,text,stance,stance\nx,y,,\n", "has the column 'stance' twice"),
        (b"id,text\nx,y\nx,z\n", "row 3 has the id 'x' again"),
        (b"id,text\n,y\n", "row 2 has no id"),
        (b"id,text\nx,y,z\n", "row 2 has three cells, the header has 2"),
        (b"id,text\nx\n", "row 2 has one cell, the header has 2"),
        (b'id,text\nx,"y\n', "cannot be read as CSV (unexpected end of data)"),
        (b"id,text\nx,caf\xe9\n", "is not written in UTF-8; save it as"),
        ("id,text\nx,y\n".encode("utf-16"), "is not written in UTF-8; save it as"),
        (b"id,text\nx,\xed\xa0\x80\n", "is not written in UTF-8; save it as"),
        (b"id,text,stance\nx,y,lost\n", "row 2 has the stance 'lost'; use against, for or none"),
        (b"id,text,language\nx,y,German\n", "row 2 has the language 'German'; write two letters"),
    ],
)
def test_files_that_are_refused(tmp_path, book, content, told):
    """In one line, and nothing is written."""
    source = tmp_path / "texts.csv"
    source.write_bytes(content)

    with pytest.raises(CodingError) as caught:
        texts.code(texts.Job(source, tmp_path / "codes.csv", book))

    assert told in str(caught.value)
    assert str(caught.value).startswith(str(source)) or "columns of" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.csv", "texts.csv"]


def test_a_header_alone_is_no_text(tmp_path, book):
    """Nothing to code is no error: a file with a header comes out."""
    source = write(tmp_path / "t.csv", ("id", "text"), [])

    done = texts.code(texts.Job(source, tmp_path / "o.csv", book))

    assert done.counts.text_count == 0
    assert (tmp_path / "o.csv").read_text(encoding="utf-8").startswith("id,reason,")


def test_a_file_with_the_mark_of_its_encoding(tmp_path, book):
    """As Excel saves it."""
    source = tmp_path / "t.csv"
    source.write_bytes(b"\xef\xbb\xbfid,text\r\n1,the fee\r\n")

    texts.code(texts.Job(source, tmp_path / "o.csv", book))

    assert "1,fee" in (tmp_path / "o.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("read", ["texts", "book", "terms", "train", "link"])
def test_what_is_read_is_never_written(tmp_path, book, read):
    """Under whatever name it goes."""
    source = write(tmp_path / "t.csv", ("id", "text", "reasons"), [("1", "the fee", "fee")])
    terms = write(tmp_path / "book.terms.csv", ("reason", "pattern"), [("fee", "fee")])
    train = write(tmp_path / "l.csv", ("id", "text", "reasons"), [("1", "the fee", "fee")])
    (tmp_path / "link.csv").hardlink_to(source)
    link = tmp_path / "link.csv"
    out = {"texts": source, "book": book, "terms": terms, "train": train, "link": link}[read]
    before = out.read_bytes()

    with pytest.raises(CodingError, match="is read here, so it is not written; name another --out"):
        texts.code(texts.Job(source, out, book, train))

    assert out.read_bytes() == before


def test_places_where_nothing_can_be_written(tmp_path, book):
    source = write(tmp_path / "t.csv", ("id", "text"), [("1", "the fee")])

    with pytest.raises(CodingError, match=r"There is no folder .*nowhere; make it"):
        texts.code(texts.Job(source, tmp_path / "nowhere" / "o.csv", book))
    with pytest.raises(CodingError, match="is a folder; name a file in it"):
        texts.code(texts.Job(source, tmp_path, book))
    with pytest.raises(CodingError, match=r"There is no file .*none\.csv; check where it lies"):
        texts.code(texts.Job(tmp_path / "none.csv", tmp_path / "o.csv", book))
    with pytest.raises(CodebookError, match="cannot be read"):
        texts.code(texts.Job(source, tmp_path / "o.csv", tmp_path / "none.csv"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path, book):
    source = write(tmp_path / "t.csv", ("id", "text"), [("1", "the fee")])
    (tmp_path / "shut").mkdir(mode=0o500)

    with pytest.raises(CodingError, match="cannot be written"):
        texts.code(texts.Job(source, tmp_path / "shut" / "o.csv", book))


class Cut(logging.Handler):
    """Interrupts a run when it says how far it is for the second time."""

    said = 0

    def emit(self, record):
        self.said += "share" in record.__dict__
        if self.said == 2:
            raise KeyboardInterrupt


@pytest.fixture
def cut(caplog):
    """The runs of a test are cut short."""
    log, handler = logging.getLogger("winloss"), Cut()
    log.addHandler(handler)
    with caplog.at_level(logging.INFO, "winloss"):
        yield
    log.removeHandler(handler)


@pytest.mark.usefixtures("cut")
def test_a_run_cut_short_leaves_what_was_there(tmp_path, book):
    """The file of the run before stays, and nothing half-written beside it."""
    rows = [(str(number), f"the fee {number}") for number in range(1_200)]
    source = write(tmp_path / "t.csv", ("id", "text"), rows)
    out = tmp_path / "o.csv"
    out.write_text("before", encoding="utf-8")

    with pytest.raises(KeyboardInterrupt):
        texts.code(texts.Job(source, out, book))

    assert out.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.csv", "o.csv", "t.csv"]


def test_the_codebook_to_use(tmp_path, book):
    """The one named, else the programme's, else ours."""
    from winloss.coding import codebook

    assert texts.book_of(book, tmp_path) == book
    assert texts.book_of(None, tmp_path) == codebook.ours()
    (tmp_path / "winloss.toml").write_text(
        'company = "x"\n[coding]\ncodebook = "book.csv"\nlearner_decides_from = 77\n',
        encoding="utf-8",
    )
    assert texts.book_of(None, tmp_path).samefile(book)
    assert texts.coding_of(tmp_path).learner_decides_from == 77
    assert texts.coding_of(Path("/")).learner_decides_from == 200


def test_a_broken_programme_is_told(tmp_path):
    (tmp_path / "winloss.toml").write_text("company = \n", encoding="utf-8")

    with pytest.raises(WinLossError, match="is not valid TOML"):
        texts.book_of(None, tmp_path)
