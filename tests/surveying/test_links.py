"""A list of invitations becomes a list of links; what cannot be one is set aside with its line."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from pydantic import SecretStr
from tests.e2e.test_command_line import winloss
from tests.e2e.test_signed_links import fields, read

from winloss import settings, surveying
from winloss.errors import CrmError, FormError, SettingsError, WinLossError
from winloss.typeform.links import signing
from winloss.typeform.links.linking import BASE, chosen_block
from winloss.typeform.surveys import forms

KEY = "plainly-invented"
TOML = """company = "Northwind"
[[typeform.forms]]
id = "Lost1"
kind = "lost_deal"
[[typeform.forms]]
id = "Pulse1"
kind = "pulse"
signed = false
[[typeform.forms]]
id = "Sell1"
kind = "seller"
[[typeform.forms]]
id = "Own1"
kind = "cancellation"
[typeform.forms.questions]
why = "what_happened"
"""
HEADER = "invitation_id,form_kind,decision_id,account_id,respondent,block,note\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / settings.FILE).write_text(TOML, "utf-8")
    settings.provide(signing_key=KEY)
    return tmp_path


def make(home: Path, rows: str, *, header: str = HEADER, is_forced: bool = False) -> Path:
    (home / "list.csv").write_bytes((header + rows).encode())
    surveying.links(home, home / "list.csv", home / "out.csv", base=BASE, is_forced=is_forced)
    return home / "out.csv"


def test_rows_stay_and_gain_block_and_link(home: Path):
    (row,) = read(make(home, 'I1,lost_deal,D1,A1,5e11,,"Call, then\nmail"\n'))

    block = chosen_block("I1", [each.name for each in forms.blocks("lost_deal")])
    assert row["note"] == "Call, then\nmail"
    assert row["block"] == block
    hidden = fields(row["link"])
    assert hidden.pop("sig") == signing.sign(KEY.encode(), hidden)
    assert hidden == {
        "form_kind": "lost_deal",
        "account_id": "A1",
        "decision_id": "D1",
        "block": block,
        "respondent": "5e11",
    }
    assert row["link"].startswith("https://form.typeform.com/to/Lost1#")


def test_a_block_that_is_named_stays(home: Path):
    (row,) = read(make(home, "I1,lost_deal,D1,A1,5e11,ladder,\n"))

    assert row["block"] == "ladder"
    assert fields(row["link"])["block"] == "ladder"


def test_each_kind_carries_its_own_fields(home: Path):
    rows = read(
        make(
            home,
            "I1,pulse,,A1,5e11,,\nI2,seller,D1,A1,s9,,\nI3,cancellation,D1,A1,5e11,,\n",
        )
    )

    pulse, seller, own = (fields(row["link"]) for row in rows)
    assert set(pulse) == {"form_kind", "account_id", "block", "respondent"}
    assert set(seller) == {"form_kind", "decision_id", "respondent", "sig"}
    assert set(own) == {"form_kind", "account_id", "decision_id", "respondent", "sig"}


def test_blocks_are_dealt_evenly_over_a_long_list(home: Path):
    rows = "".join(f"I{n},lost_deal,D{n},A{n},r{n},,\n" for n in range(1200))

    dealt = Counter(row["block"] for row in read(make(home, rows)))

    names = [each.name for each in forms.blocks("lost_deal")]
    assert set(dealt) == set(names)
    fair = 1200 / len(names)
    assert all(0.6 * fair < count < 1.4 * fair for count in dealt.values())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("I2,holiday,D2,A2,5e12,,", "form_kind holiday is none of ours"),
        (",lost_deal,D2,A2,5e12,,", "it has no invitation_id"),
        ("I2,lost_deal,,A2,5e12,,", "it has no decision_id, so its answer would be about nobody"),
        ("I2,pulse,,,5e12,,", "it has no account_id, so its answer would be about nobody"),
        ("I2,won_deal,D2,A2,5e12,,", "winloss.toml names no form of kind won_deal"),
        ("I2,lost_deal,D2,A2,ann@b.example,,", "respondent is an e-mail address"),
        ("I2,lost_deal,D2|A,A2,5e12,,", "decision_id holds a |"),
        ("I2,lost_deal,D2,A2,5e12,loyalty,", "block loyalty does not rotate in lost_deal"),
        ("I2,lost_deal,D2,A2,5e12,,\nI2,lost_deal,D3,A2,5e12,,", "I2 stands on several rows"),
        ("I2,lost_deal,D2", "too few fields"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_line_and_the_good_ones_kept(
    home: Path, capsys: pytest.CaptureFixture[str], row: str, reason: str
):
    rows = read(make(home, f"I1,lost_deal,D1,A1,5e11,,\n{row}\nI9,lost_deal,D9,A9,5e19,,\n"))

    set_aside = read(home / "out.rejects.csv")
    assert [row["invitation_id"] for row in rows] == ["I1", "I9"]
    assert set_aside[0]["at_line"] == "3"
    assert reason in set_aside[0]["reason"]
    said = " ".join(capsys.readouterr().out.split())
    assert "on line 3" in said or "on lines 3 and 4" in said
    assert reason in said


def test_nothing_in_the_sheet_runs(home: Path):
    rows = 'I1,lost_deal,=D1,A1,5e11,,"=HYPERLINK(""http://evil.example"")"\n'

    (row,) = read(make(home, rows + "@I2,lost_deal,D2,A2,5e12,x,\n"))

    assert row["note"].startswith("'=HYPERLINK")
    assert row["decision_id"] == "'=D1"
    assert fields(row["link"])["decision_id"] == "=D1"
    assert read(home / "out.rejects.csv")[0]["invitation_id"] == "'@I2"


def test_numbers_stay_numbers(home: Path):
    (row,) = read(make(home, "I1,lost_deal,D1,A1,5e11,,-12.50\n"))

    assert row["note"] == "-12.50"


def test_nothing_is_overwritten_unasked(home: Path):
    make(home, "I1,lost_deal,D1,A1,5e11,,\n")
    before = (home / "out.csv").read_bytes()

    with pytest.raises(FormError, match="add --force"):
        make(home, "I2,lost_deal,D2,A2,5e12,,\n")
    kept = (home / "out.csv").read_bytes()
    make(home, "I2,lost_deal,D2,A2,5e12,,\n", is_forced=True)

    assert kept == before
    assert [row["invitation_id"] for row in read(home / "out.csv")] == ["I2"]


def test_an_old_file_of_rejects_goes_with_its_list(home: Path):
    make(home, "I1,lost_deal,D1,A1,5e11,,\nI2,holiday,,,,,\n")

    make(home, "I1,lost_deal,D1,A1,5e11,,\n", is_forced=True)

    assert not (home / "out.rejects.csv").exists()


def test_the_list_itself_is_never_the_target(home: Path):
    (home / "list.csv").write_text(HEADER + "I1,lost_deal,D1,A1,5e11,,\n", "utf-8")

    with pytest.raises(FormError, match="is the list itself"):
        surveying.links(home, home / "list.csv", home / "list.csv", base=BASE, is_forced=True)


def test_a_list_in_the_programmes_own_columns(home: Path):
    mapped = TOML + (
        '[crm.invitations]\npath = "x.csv"\nseparator = ";"\n'
        '[crm.invitations.columns]\ninvitation_id = "Invitation ID"\nform_kind = "Survey"\n'
        'decision_id = "Opportunity"\nblock = "Block"\n'
        '[crm.invitations.values.form_kind]\n"Lost deal survey" = "lost_deal"\n'
    )
    (home / settings.FILE).write_text(mapped, "utf-8")

    header = "Invitation ID;Survey;Opportunity;Block\n"
    (row,) = read(make(home, "I1;Lost deal survey;D1;\n", header=header))

    assert list(row) == ["Invitation ID", "Survey", "Opportunity", "Block", "link"]
    assert row["Block"] == fields(row["link"])["block"]


def test_two_forms_of_a_kind_are_no_choice_to_make(home: Path):
    twice = TOML + '[[typeform.forms]]\nid = "Lost2"\nkind = "lost_deal"\n'
    (home / settings.FILE).write_text(twice, "utf-8")

    with pytest.raises(FormError, match=r"Line 2: .* or more than one"):
        make(home, "I1,lost_deal,D1,A1,5e11,,\n")


@pytest.mark.parametrize(
    ("header", "rows", "error", "said"),
    [
        ("a,b\n", "1,2\n", CrmError, "has no column 'invitation_id'"),
        ("a,b\n", "1,2\n", CrmError, "or name the column invitation_id"),
        ("a;b\n", "1;2\n", CrmError, "Columns must be parted by ','"),
        ("", "", CrmError, "list.csv is empty"),
        (HEADER, "", FormError, "has no invitation a link can be made for"),
    ],
)
def test_a_list_that_cannot_be_used_is_said(
    home: Path, header: str, rows: str, error: type[WinLossError], said: str
):
    with pytest.raises(error, match=said):
        make(home, rows, header=header)

    assert not (home / "out.csv").exists()


def test_a_list_in_latin_1_is_told_how_to_save_it(home: Path):
    (home / "list.csv").write_bytes(
        HEADER.encode()
        + "I1,lost_deal,D1,A1,5e11,,plain\nI2,lost_deal,D2,A2,5,,André\n".encode("latin-1")
    )

    with pytest.raises(CrmError, match=r"list\.csv is not UTF-8; save it as CSV UTF-8 and"):
        surveying.links(home, home / "list.csv", home / "out.csv", base=BASE, is_forced=False)

    assert not (home / "out.csv").exists()


def test_the_screen_says_how_many_why_not_and_what_next(
    home: Path, capsys: pytest.CaptureFixture[str]
):
    rows = "I1,seller,D1,A1,s1,,\nI2,seller,,A1,s1,,\nI3,seller,,A1,s1,,\nI4,seller,,A1,s1,,\n"

    make(home, rows)

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("One link in ")
    assert lines[1].split() == ["form_kind", "links", "links", "per", "block"]
    assert lines[2].split() == ["seller", "1", "no", "rotating", "block"]
    assert lines[3] == "Three rows without a link:"
    assert "on lines 3, 4 and 5: it has no decision_id" in lines[4]
    assert lines[-1] == "Next: mail each person the link in column link."


def test_help_names_the_columns_and_says_what_a_block_is(home: Path):
    done = winloss("forms", "links", "--help", cwd=home)

    said = " ".join(done.stdout.split())
    for name in ("invitation_id", "form_kind", "decision_id", "account_id", "respondent", "block"):
        assert name in said
    assert "A block is a short set of questions" in said


def test_without_a_key_nothing_is_signed(home: Path):
    settings.provide(signing_key="")

    with pytest.raises(SettingsError, match="WINLOSS_SIGNING_KEY"):
        make(home, "I1,lost_deal,D1,A1,5e11,,\n")

    (row,) = read(make(home, "I1,pulse,,A1,5e11,,\n"))
    assert "sig" not in fields(row["link"])


def test_the_key_stays_out_of_what_is_written(home: Path, capsys: pytest.CaptureFixture[str]):
    made = make(home, "I1,lost_deal,D1,A1,5e11,,\n").read_text("utf-8")

    assert SecretStr(KEY).get_secret_value() not in made + capsys.readouterr().out
    with (home / "out.csv").open(newline="", encoding="utf-8") as file:
        assert all(len(row) == 8 for row in csv.reader(file))
