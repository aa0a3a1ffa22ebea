"""Somebody else's words cannot command the terminal that shows them."""

import pytest

from winloss.wording import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Why did you leave?", "Why did you leave?"),
        ("Größe, 数量, שלום, 👩‍🚀", "Größe, 数量, שלום, 👩‍🚀"),
        ("two\r\n lines\tand\u2028more", "two lines and more"),
        ("\x1b[2Jgone", "\ufffd[2Jgone"),
        ("\x9b31mred\x7f\x00", "\ufffd31mred\ufffd\ufffd"),
        ("a\u202eb\u2066c\u200fd\u061ce", "a\ufffdb\ufffdc\ufffdd\ufffde"),
        ("\ud83d alone", "\ufffd alone"),
    ],
)
def test_what_commands_is_shown_as_a_sign(text, shown):
    assert plain(text) == shown


def test_what_is_long_is_shortened_and_says_so():
    assert plain("a" * 10, most=10) == "a" * 10
    assert plain("a" * 11, most=10) == "a" * 9 + "…"
