"""What the CRM logged about fields of a decision, each value written in one way."""

from datetime import UTC, datetime

import pytest

HEADER = "change_id,decision_id,field,old_value,new_value,changed_at\n"


def changes(result):
    """Old and new values, and line and reason of what was set aside."""
    rows = result.frames["decision_changes"].select("old_value", "new_value").rows()
    return rows, result.rejects.select("at_line", "reason").rows()


@pytest.mark.parametrize(
    ("field", "old", "new", "expected"),
    [
        ("stage", "Legal", "Closed Lost", ("Legal", "Closed Lost")),
        ("Stage", "", "Legal", (None, "Legal")),
        ("decision_kind", "OPEN", "Lost", ("open", "lost")),
        ("outcome", "competitor", "", ("competitor", None)),
        ("amount", "1.000", "1.234,50", ("1000.0", "1234.5")),
        ("decided_on", "31.12.2025", "01.10.2026", ("2025-12-31", "2026-10-01")),
        ("seller_id", "007", "008", ("007", "008")),
        ("competitor", "Dockyard Nine", "1.000", ("Dockyard Nine", "1.000")),
    ],
)
def test_values_of_a_field(read, field, old, new, expected):
    """A value is read as that field of a decision is, and written in one way."""
    result = read(
        "decision_changes",
        f'{HEADER}C1,D1,{field},{old},"{new}",2026-10-01 09:30\n',
        decimal=",",
        date_format=["%Y-%m-%d %H:%M", "%d.%m.%Y"],
    )

    assert changes(result) == ([expected], [])
    assert result.frames["decision_changes"]["field"].to_list() == [field.lower()]
    assert result.frames["decision_changes"]["changed_at"].to_list() == [
        datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
    ]


@pytest.mark.parametrize(
    ("row", "rows", "reasons"),
    [
        ("C1,D1,decision_kind,open,thinking,2026-10-01", [], ["unreadable new_value"]),
        ("C1,D1,decided_on,2026-10-01,soon,2026-10-01", [], ["unreadable new_value"]),
        ("C1,D1,amount,plenty,20,2026-10-01", [(None, "20.0")], ["unreadable old_value"]),
        ("C1,D1,,good,bad,2026-10-01", [], ["missing field"]),
        ("C1,,stage,Legal,Won,2026-10-01", [], ["missing decision_id"]),
        ("C1,D1,stage,Legal,Won,", [], ["missing changed_at"]),
        ("C1,D1,stage,Legal,Won,2026-10-06", [], ["changed in the future"]),
        (",D1,stage,Legal,Won,2026-10-01", [], ["missing change_id"]),
    ],
)
def test_set_aside(read, row, rows, reasons):
    """A change without a readable new value, a field, a decision or an instant says nothing."""
    result = read("decision_changes", f"{HEADER}{row}\n")

    assert changes(result) == (rows, [(2, reason) for reason in reasons])


def test_ambiguous_day(read):
    """A day that two stated formats read differently is no value."""
    result = read(
        "decision_changes",
        f"{HEADER}C1,D1,decided_on,,01/02/2026,02/02/2026\n",
        date_format=["%d/%m/%Y", "%m/%d/%Y"],
    )

    assert changes(result) == ([], [(2, "ambiguous new_value")])


def test_their_words(read):
    """Values are translated before they are read, whichever field they are of."""
    result = read(
        "decision_changes",
        f"{HEADER}C1,D1,Stage Name,Prospecting,Closed Lost,2026-10-01\n",
        values={
            "field": {"Stage Name": "decision_kind"},
            "old_value": {"Prospecting": "open"},
            "new_value": {"Closed Lost": "lost"},
        },
    )

    assert changes(result) == ([("open", "lost")], [])


def test_other_fields(read):
    """A log of all fields is no fault: what we do not keep is left out, and counted."""
    rows = "C1,D1,Probability,10,90,2026-10-01\nC2,D1,stage,Legal,Won,2026-10-01\n"

    result = read("decision_changes", f"{HEADER}{rows}C3,D1,Next Step,call,,2026-10-01\n")

    assert changes(result) == ([("Legal", "Won")], [])
    assert result.caveats == (
        "decision_changes: 2 rows of export.csv are of another field, left out.",
    )
