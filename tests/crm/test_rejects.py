"""What is set aside, why, and that nothing good goes with it."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from winloss.crm.records import parse

HEADER = "decision_id,decision_kind,decided_on,account_id\n"
GOOD = "D1,lost,2026-10-01,A1\n"
LAST = "D9,won,2026-10-02,A9\n"


def found(result):
    """Ids that were landed, and line and reason of what was not."""
    ids = result.frames["decisions"]["decision_id"].to_list()
    return ids, result.rejects.select("at_line", "reason").rows()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("D2,thinking,2026-10-01,A2\n", "unknown decision_kind"),
        ("D2,,2026-10-01,A2\n", "missing decision_kind"),
        ("D2,lost,01.10.2026,A2\n", "unreadable decided_on"),
        ("D2,lost,2026-02-30,A2\n", "unreadable decided_on"),
        ("D2,lost,,A2\n", "missing decided_on"),
        ("D2,cancelled,2026-10-06,A2\n", "decided in the future"),
        (",lost,2026-10-01,A2\n", "missing decision_id"),
        ("  ,lost,2026-10-01,A2\n", "missing decision_id"),
        ("D1,lost,2026-10-01,A7\n", "duplicate id"),
        ("D2,lost,2026-10-01\n", "too few fields"),
        ("D2,lost,2026-10-01,A2,extra\n", "too many fields"),
        ("D2,lost,2026-10-01,A\x002\n", "NUL byte"),
        (b"D2,lost,2026-10-01,M\xf6bel\n", "broken encoding"),
        (b"D\xff,lost,2026-10-01,A2\n", "broken encoding"),
        (b"D2,lost,2026-10-01,\xed\xa0\x80\n", "broken encoding"),
        ('D2,lost,2026-10-01,"A2\n', "unclosed quote"),
        ('D2,"lost,2026-10-01,A2\n', "unclosed quote"),
    ],
)
def test_one_bad_row(decisions, row, reason):
    """A bad row is set aside with its line and reason; the rows around it are read."""
    bad = row if isinstance(row, bytes) else row.encode()

    result = decisions((HEADER + GOOD).encode() + bad + LAST.encode())

    assert found(result) == (["D1", "D9"], [(3, reason)])
    assert result.rejects.row(0, named=True) | {"record_id": None} == {
        "source": "crm",
        "entity": "decisions",
        "record_id": None,
        "reason": reason,
        "detail": "export.csv, line 3",
        "at_line": 3,
    }


def test_names_the_record(decisions):
    """A reject names its record where the id could be read."""
    rows = b"D2,odd,2026-10-01,A2\n,lost,2026-10-01,A2\n"
    broken = b"D3,lost,2026-10-01,\xff\nD\xff,lost,2026-10-01,A\n"

    result = decisions(HEADER.encode() + rows + broken)

    assert result.rejects["record_id"].to_list() == ["D2", None, "D3", None]


def test_open(decisions):
    """An open opportunity is landed without a date; its forecast is no decision."""
    result = decisions(HEADER + "D1,open,,A1\nD2,Open,2027-01-31,A1\nD3,OPEN,soon,A1\n")

    assert found(result) == (["D1", "D2", "D3"], [])
    assert result.frames["decisions"]["decided_on"].to_list() == [None, None, None]


def test_future_is_local(decisions):
    """Whether a day has begun is seen from the programme's own zone."""
    row = "D1,lost,2026-10-06,A1\n"
    evening = datetime(2026, 10, 5, 22, 30, tzinfo=UTC)

    in_berlin = decisions(HEADER + row, now=evening, time_zone="Europe/Berlin")
    in_london = decisions(HEADER + row, now=evening, time_zone="UTC")

    assert found(in_berlin) == (["D1"], [])
    assert found(in_london) == ([], [(2, "decided in the future")])


def test_duplicates(decisions):
    """The first usable row is kept; a row that says the same is no fault, another is."""
    result = decisions(
        HEADER
        + "D1,odd,2026-10-01,A1\n"
        + "D1,lost,2026-10-01,A1\n"
        + "D1,Lost, 2026-10-01,A1\n"
        + "D1,lost,2026-10-02,A1\n"
        + "D1,lost,2026-10-01,\n"
    )

    assert found(result) == (
        ["D1"],
        [(2, "unknown decision_kind"), (5, "duplicate id"), (6, "duplicate id")],
    )
    assert result.frames["decisions"]["account_id"].to_list() == ["A1"]


def test_value_alone(decisions):
    """A value nobody needs to decide is set aside alone, and its row kept."""
    header = HEADER.replace("account_id", "amount_usd")

    result = decisions(f"{header}D1,won,2026-10-01,plenty\n")

    assert found(result) == (["D1"], [(2, "unreadable amount_usd")])


def test_no_customer_words(decisions):
    """A reject repeats nothing of what stood in the row but its id."""
    result = decisions(HEADER + "D1,They hated us,never,Secret Ltd\n")

    assert "hated" not in str(result.rejects.rows())
    assert "Secret" not in str(result.rejects.rows())


def test_lines(decisions):
    """Lines are counted as an editor counts them, also below notes over several lines."""
    result = decisions(
        HEADER + 'D1,lost,2026-10-01,"A\nlong\r\nnote"\n\n,,,\nD2,odd,2026-10-01,A2\n'
    )

    assert found(result) == (["D1"], [(7, "unknown decision_kind")])
    assert result.frames["decisions"]["account_id"].to_list() == ["A\nlong\r\nnote"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('"Big" Dock', "Big Dock"),
        ('The 5" Dock', 'The 5" Dock'),
        ('"The ""Dock"""', 'The "Dock"'),
        ('"a,b"', "a,b"),
    ],
)
def test_quotes(decisions, cell, expected):
    """Quotes where they do not quite belong cost no row."""
    result = decisions(f"{HEADER}D1,lost,2026-10-01,{cell}\n{LAST}")

    assert result.frames["decisions"]["account_id"].to_list() == [expected, "A9"]


@pytest.mark.parametrize("bad", ['D2,"lost,2026-10-01,A2\n', 'D2,lost,2026-10-01,"A2\n'])
def test_swallowing(decisions, bad):
    """A quote that is never closed does not swallow good rows up to the next quote."""
    rows = "".join(f'D{at},lost,2026-10-01,"A, {at}"\n' for at in range(3, 9))

    ids, rejects = found(decisions(HEADER + GOOD + bad + rows + bad.replace("D2", "D20") + LAST))

    assert ids == ["D1", *(f"D{at}" for at in range(3, 9)), "D9"]
    assert rejects == [(3, "unclosed quote"), (10, "unclosed quote")]


def test_stray_pair(decisions):
    """Two stray quotes that happen to pair up do not take the rows between them along."""
    stray = 'D2,"lost,2026-10-01,A2\n', 'D8,lost,2026-10-01",A8\n'

    ids, rejects = found(decisions(HEADER + stray[0] + GOOD + LAST + stray[1]))

    assert ids == ["D1", "D9"]
    assert rejects == [(2, "unclosed quote"), (5, "unreadable decided_on")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends(decisions, ending):
    """Files of any system are read, with or without a last line end."""
    text = (HEADER + GOOD + LAST).replace("\n", ending)

    assert found(decisions(text)) == found(decisions(text.removesuffix(ending)))
    assert found(decisions(text)) == (["D1", "D9"], [])


@given(
    st.lists(
        st.sampled_from(
            [GOOD, LAST, 'x,"y\n', '"', "\n", "a,b,c,d,e\n", '"a\nb",c,d,e\n', "\r", "\x00,,,\n"]
        ),
        max_size=12,
    )
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_file(pieces):
    """No file stops the reader, and each of its rows is as wide as the header."""
    found = parse((HEADER + "".join(pieces)).encode(), encoding="utf-8", separator=",")

    assert all(len(row) == len(found.header) for row in found.rows)
    assert len(found.rows) == len(found.lines)
    assert sorted({*found.lines, *(fault.at_line for fault in found.faults)}) == sorted(
        [*found.lines, *(fault.at_line for fault in found.faults)]
    )


@given(st.binary(max_size=300))
def test_any_bytes(content):
    """Not even bytes that are no text at all."""
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        found = parse(content, encoding=encoding, separator=",")

        assert all(len(row) == len(found.header) for row in found.rows)


def test_other_entities(read):
    """What has not happened yet is no check-in; a form kind nobody knows is no invitation."""
    check_ins = read(
        "check_ins",
        "check_in_id,account_id,held_on\nC1,A1,2026-10-01\nC2,A1,2026-12-01\nC3,,2026-10-01\n",
    )
    invitations = read(
        "invitations",
        "invitation_id,form_kind,sent_at\nI1,Pulse,2026-10-01T08:00:00Z\n"
        "I2,poll,2026-10-01T08:00:00Z\nI3,pulse,2026-11-01T08:00:00Z\n",
    )

    assert check_ins.frames["check_ins"]["check_in_id"].to_list() == ["C1"]
    assert check_ins.rejects["reason"].to_list() == ["held in the future", "missing account_id"]
    assert invitations.frames["invitations"]["invitation_id"].to_list() == ["I1"]
    assert invitations.rejects["reason"].to_list() == ["unknown form_kind", "sent in the future"]


PROMISES = (
    "promise_id,decision_id,account_id,promise_text,promised_by,promise_due_on,our_verdict,"
    "recorded_at\n"
)


@pytest.mark.parametrize(
    ("row", "ids", "reasons"),
    [
        ("P2,D2,,A visit,seller,2026-05-01,kept,2026-04-01\n", ["P1", "P2"], []),
        ("P2,,A2,A visit,Contract,,NOT_DUE,\n", ["P1", "P2"], []),
        ("P2,D2,,A visit,seller,01.05.2026,kept,\n", ["P1", "P2"], ["unreadable promise_due_on"]),
        ("P2,D2,,A visit,seller,2026-02-30,kept,\n", ["P1", "P2"], ["unreadable promise_due_on"]),
        ("P2,D2,,A visit,the boss,,kept,\n", ["P1", "P2"], ["unknown promised_by"]),
        ("P2,D2,,A visit,seller,,sort of,\n", ["P1", "P2"], ["unknown our_verdict"]),
        ("P2,D2,,A visit,seller,,kept,soon\n", ["P1", "P2"], ["unreadable recorded_at"]),
        ("P2,D2,,A visit,seller,2027-05-01,not_due,\n", ["P1", "P2"], []),
        ("P2,D2,,A visit,seller,,kept,2026-10-06\n", ["P1"], ["recorded in the future"]),
        ("P2,,,A visit,seller,,kept,\n", ["P1"], ["missing decision_id or account_id"]),
        ("P2,D2,, ,seller,,kept,\n", ["P1"], ["missing promise_text"]),
        (",D2,,A visit,seller,,kept,\n", ["P1"], ["missing promise_id"]),
        ("P1,D1,,Another visit,seller,,kept,\n", ["P1"], ["duplicate id"]),
    ],
)
def test_promises(read, row, ids, reasons):
    """A promise needs words and somebody it was made to; an odd value is set aside alone."""
    good = "P1,D1,A1,A named person,service,2026-05-01,late,2026-04-01\n"

    result = read("promises", PROMISES + good + row)

    assert result.frames["promises"]["promise_id"].to_list() == ids
    assert result.rejects["reason"].to_list() == reasons


def test_odd_values_of_a_promise_are_empty(read):
    """What could not be read is nothing, never a guess."""
    result = read("promises", PROMISES + "P1,D1,,A visit,the boss,soon,sort of,2026-04-01\n")

    (row,) = result.frames["promises"].rows(named=True)
    assert (row["promised_by"], row["promise_due_on"], row["our_verdict"]) == (None, None, None)
    assert row["promise_text"] == "A visit"
