"""A composed mail: structure, words intact, and headers nobody can break out of."""

import unicodedata
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from winloss.errors import DeliveryError
from winloss.mail import compose, one_line
from winloss.reporting import Edition
from winloss.weeks import Week


def parsed(message: EmailMessage) -> EmailMessage:
    found = message_from_bytes(message.as_bytes(), policy=default)
    assert isinstance(found, EmailMessage)
    return found


def words(part):
    """The text of a part, with the line ends of this side of the wire."""
    return part.get_content().replace("\r\n", "\n")


def test_structure(write):
    """Text and HTML are two views of one thing; attachments stand beside them."""
    mail = write(attachments=(("full.html", "<p>naïve</p>".encode()), ("rows.csv", b"n\n1\n")))

    found = parsed(mail)
    kinds = [part.get_content_type() for part in found.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/html",
        "text/csv",
    ]
    full, rows = found.iter_attachments()
    assert (full.get_filename(), rows.get_filename()) == ("full.html", "rows.csv")
    assert full.get_content() == "<p>naïve</p>"
    assert not found.defects


def test_words_stay(write):
    """Typographic quotes, accents and lines that look like SMTP survive to the letter."""
    found = parsed(write())

    plain, page = found.get_body(("plain",)), found.get_body(("html",))
    assert found["Subject"] == "“We’d have been on our own”: 3 of 4"
    assert words(plain) == (
        "“We’d have been on our own”\n.\nThree of four said so — naïve, we were.\n"
    )
    assert words(page) == "<p>“We’d have been on our own”</p>\n"


def test_headers(write):
    """The mail is dated by the edition and names its sender's domain."""
    found = parsed(write())

    assert found["Date"] == "Mon, 05 Oct 2026 04:00:00 +0000"
    assert found["From"] == "Harbourline <why@harbourline.example>"
    assert found["To"] == "ada@harbourline.example"
    assert found["Message-ID"].endswith("@harbourline.example>")
    assert found["List-Unsubscribe"] == "<mailto:why@harbourline.example?subject=unsubscribe>"
    assert found["Winloss-Edition"] == "weekly-2026-W40-all"


def test_same_bytes(write):
    """Composing again gives the same mail; another reader's has another Message-ID."""
    attachments = (("full.html", b"x"),)

    first, again = write(attachments=attachments), write(attachments=attachments)
    other = write("grace@harbourline.example", attachments=attachments)
    reworded = write(subject="Another subject")

    assert first.as_bytes() == again.as_bytes()
    assert first["Message-ID"] == reworded["Message-ID"] != other["Message-ID"]


@pytest.mark.parametrize(
    "subject",
    [
        "Fine\r\nBcc: thief@example.com",
        "Fine\nBcc: thief@example.com",
        "Fine\rBcc: thief@example.com",
        "Fine\u2028Bcc: thief@example.com",
        "Fine\x0b\x0c\x1c\x85Bcc: thief@example.com",
        "=?utf-8?q?Fine=0D=0ABcc:_thief@example.com?=",
        "Fine\n\nBcc: thief@example.com\n\n<html>",
        "Fine\x00\x1b[2J \u202egnirts\u202c",
    ],
)
def test_injection(write, subject):
    """Whatever a customer wrote, a subject stays one line of one header."""
    found = parsed(write(subject=subject))

    assert found["Bcc"] is None
    assert found.keys() == parsed(write()).keys()
    assert str(found["Subject"]).startswith(("Fine", "= ?"))
    assert not any(unicodedata.category(sign) == "Cc" for sign in found["Subject"])
    assert "\u202e" not in found["Subject"]


@given(st.text(max_size=200).map(one_line))
def test_any_subject(subject):
    """One line stays one line, and means the same when made one line again."""
    assert "\n" not in subject
    assert one_line(subject) == subject
    subject.encode()


@example("It was the onboarding that decided it for all of us here, not the “price”")
@example("a" * 30 + " " + "a" * 30 + " “")
@given(
    st.text(max_size=120).map(one_line)
    | st.text(alphabet='ab “”’:=?_é 中,;<>@"', max_size=200).map(one_line)
)
def test_subject_arrives(subject):
    """Folding and encoding lose no letter of a subject."""
    edition = Edition("weekly", Week.parse("2026-W40"), "all", datetime(2026, 10, 5, tzinfo=UTC))

    mail = compose(edition, subject, "", "", sender="a@example.com", reader="b@example.com")

    assert parsed(mail)["Subject"] == subject


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@example.com, eve@example.com",
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com\nBcc: eve@example.com",
        "ada\u2028@example.com",
        "ada@exämple.com",
        "ada..l@example.com",
        "Ada <ada@example.com",
        "ada@example.com>",
        "ädä@example.com",
        "Ada <ada@example.com> eve@example.com",
        "group: ada@example.com, eve@example.com;",
    ],
)
def test_no_address(write, address):
    """An address that is none, or more than one, names the setting to change."""
    with pytest.raises(DeliveryError, match=r"^report\.readers"):
        write(address)
    with pytest.raises(DeliveryError, match=r"^mail\.sender"):
        write(sender=address)


def test_named_reader(write):
    """A reader may stand in the settings with a name, in any alphabet."""
    mail = write("Ada L. <ada@harbourline.example>")
    quoted = write('"Łukasz, Ada" <ada@harbourline.example>')

    assert parsed(mail)["To"].addresses[0].addr_spec == "ada@harbourline.example"
    assert parsed(quoted)["To"].addresses[0].display_name == "Łukasz, Ada"
    assert mail["Message-ID"] == write()["Message-ID"]


def test_hostile_body(write):
    """Lone surrogates, NULs and endless lines do not stop a mail."""
    text = "a\ud800b\x00c" + "x" * 5000

    found = parsed(write(text=text, html=f"<p>{text}</p>"))

    plain = found.get_body(("plain",))
    assert words(plain).rstrip("\n") == "a\ufffdb\x00c" + "x" * 5000


def test_hostile_file_name(write):
    """A file name cannot end its header."""
    found = parsed(write(attachments=(('a"\r\nX-Bad: 1\r\n.html', b"x"),)))

    (attached,) = found.iter_attachments()
    assert attached["X-Bad"] is None
    assert attached.get_content().strip() == "x"
