"""How their words were read, and how far people agree with it."""

import pytest
from tests.lenses.agreed import agreed, coding, named
from tests.lenses.harness import told
from tests.lenses.test_coverage import cover

from winloss import numbers
from winloss.reporting import Coverage

READ = (
    ("people", "en", 6, 0),
    ("people", "de", 2, 0),
    ("model", "en", 10, 4),
    ("rules", "en", 60, 3),
    ("nothing", "en", 9, 0),
    ("unsure", "en", 10, 10),
    ("language", "de", 2, 2),
    ("language", "fr", 1, 1),
)

SETTLE = "people can settle them: winloss review export."


def test_every_answer_is_read_in_one_way() -> None:
    section = cover(coding=coding(*READ))

    rows = told(section, "reading")

    assert rows[0] == ("by people", "8 % (8 of 100, likely 4 to 15 %)", "0")
    assert [(row[0], row[1].split(" (")[1].split(",")[0], row[2]) for row in rows[1:]] == [
        ("by what was learned from people", "10 of 100", "4"),
        ("by rules", "60 of 100", "3"),
        ("read, and nothing named that the codebook knows", "9 of 100", "0"),
        ("left open: too unsure to say", "10 of 100", "10"),
        ("left open: in another language", "3 of 100", "3"),
    ]
    figures = [cell.figure for row in section.panels[0].rows for cell in row.cells]
    assert {each.query for each in figures if each} == {"sql/reports/coverage_coding.sql"}
    assert sum(each.count for each in figures[::2] if each) == 100


def test_nobody_wrote_anything() -> None:
    section = cover()

    assert section.panels == ()
    assert section.uncoded == ""


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [("language", "de", 3, 3), ("language", "xx", 1, 1), ("people", "fr", 4, 0)],
            (
                "Three answers in German and one in another language (xx) were counted and may be "
                "quoted, not read for reasons; their ticks count."
            ),
        ),
        (
            [("language", "fr", 1, 1)],
            (
                "One answer in French was counted and may be quoted, not read for reasons; its "
                "tick counts."
            ),
        ),
        ([("unsure", "en", 3, 3)], ""),
    ],
)
def test_other_languages(rows: list[tuple[str, str, int, int]], said: str) -> None:
    """Read by a person they are read; else they are counted, and quoted."""
    assert cover(coding=coding(*rows)).lines == ((said,) if said else ())


@pytest.mark.parametrize(
    ("read", "unsure", "foreign", "said"),
    [
        (
            50,
            45,
            5,
            "In 50 of 100 answers in words no reason is sure; " + SETTLE,
        ),
        (51, 44, 5, ""),
        (4, 10, 0, ""),
        (
            6,
            9,
            0,
            "In nine of 15 answers in words no reason is sure; " + SETTLE,
        ),
    ],
)
def test_a_mail_says_what_is_left_open(read: int, unsure: int, foreign: int, said: str) -> None:
    """From half of them on, where there are enough to tell."""
    rows = [("rules", "en", read, 0), ("unsure", "en", unsure, 2), ("language", "de", foreign, 0)]

    assert cover(coding=coding(*rows)).uncoded == said


def likely(*counts: int) -> str:
    """The ends of the interval as they are printed."""
    found = numbers.alpha(*counts)
    assert found.low is not None
    assert found.high is not None
    return f"likely {found.low:.2f} to {found.high:.2f}".replace(" 0.", " .")


def test_how_far_people_agree() -> None:
    """Tentative reasons first, below all of them together."""
    section = cover(
        agreement=agreed(
            ("price", "machine", 20, 1, 20),
            ("price", "people", 10, 1, 9),
            ("terms", "machine", 8, 9, 14),
            ("trust", "machine", 2, 0, 39),
            ("trust", "people", 6, 0, 34),
            ("habits", "people", 2, 0, 38),
            (None, "machine", 30, 8, 3),
        )
    )

    assert told(section, "agreement") == [
        (
            "every reason of a text at once",
            "86 % of the reasons shared, 41 texts",
            "all the same in 80 % (33 of 41, likely 66 to 90 %)",
            *("nobody has yet", ""),
        ),
        (
            "the terms",
            f".41 ({likely(8, 9, 14)}), 31 texts: tentative",
            "47 % (8 of 17, likely 26 to 69 %)",
            *("nobody has yet", ""),
        ),
        (
            "the price",
            *(f".95 ({likely(20, 1, 20)}), 41 texts", "95 % (20 of 21, likely 77 to 99 %)"),
            *(f".90 ({likely(10, 1, 9)}), 20 texts: too few", "10 of 11 (likely 62 to 98 %)"),
        ),
        (
            "the trust",
            *("too few texts name it, of 41 texts", "2 of 2"),
            *(f"1.00 ({likely(6, 0, 34)}), 40 texts", "6 of 6 (likely 61 to 100 %)"),
        ),
    ]
    note = section.panels[0].note
    assert note.endswith(" One more reason is named in fewer than five texts, too few to say.")
    figure = section.panels[0].rows[2].cells[1].figure
    assert figure is not None
    assert (figure.count, figure.total, figure.query) == (
        *(20, 21),
        "sql/reports/coverage_agreement.sql",
    )


def lines(*rows: tuple[str, str, int, int, int], unchecked: tuple[str, ...] = ()) -> Coverage:
    return cover(agreement=agreed(*rows).vstack(named(*unchecked)))


def test_nobody_has_checked() -> None:
    """Said once, with what to do, instead of at every reason."""
    (said,) = lines(unchecked=("price", "terms")).lines

    assert said == (
        "Nobody has checked yet how well we read any of the two reasons of this edition: winloss "
        "review export draws answers to read by hand, winloss review import takes them back."
    )
    assert lines(unchecked=("price", "terms")).panels == ()


def test_some_are_not_checked() -> None:
    """That two people agree does not say how we read, nor do a handful of texts."""
    section = lines(
        ("price", "machine", 20, 1, 20),
        ("habits", "people", 20, 1, 20),
        ("terms", "machine", 2, 1, 30),
        unchecked=("trust",),
    )

    assert section.lines[0].startswith(
        "Of the four reasons of this edition three have not been checked by people often enough"
    )


def test_all_are_checked() -> None:
    """What the edition does not name needs no check."""
    checked = agreed(("price", "machine", 20, 1, 20))
    others = agreed(("terms", "people", 20, 1, 20), named=False)

    assert cover(agreement=checked.vstack(others)).lines == ()
    assert numbers.FEWEST_CHECKED == 30


@pytest.mark.parametrize(("count", "who"), [(1, "One answer"), (12, "12 answers")])
def test_held_back_for_a_name(count: int, who: str) -> None:
    """Said with what to do; nothing is said of nobody."""
    (said,) = cover(held_back=count).lines

    assert said == (
        f"{who} this week may hold the name of somebody we do not know, and "
        f"{'is' if count == 1 else 'are'} not quoted with it until a person has looked: winloss "
        "review export lists those in English, with --all-languages the others too."
    )
    assert cover().lines == ()
