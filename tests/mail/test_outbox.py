"""The outbox: mails written down whole, or not at all."""

from email import message_from_bytes
from email.policy import default

import pytest

from winloss.errors import DeliveryError
from winloss.mail import write_outbox


def test_written(write, outbox):
    """A mail and its page stand side by side, named by edition and reader."""
    path = write_outbox(write(), "<p>“own”</p>", outbox)

    names = sorted(file.name for file in outbox.iterdir())
    assert names == [path.with_suffix(".eml").name, path.stem + ".html"]
    assert path.name.startswith("weekly-2026-W40-all.ada@harbourline.example.")
    assert (outbox / f"{path.stem}.html").read_text("utf-8") == "<p>“own”</p>"
    assert message_from_bytes(path.read_bytes(), policy=default)["To"] == "ada@harbourline.example"


def test_again(write, outbox):
    """Writing the same mail again replaces it and leaves nothing else behind."""
    first = write_outbox(write(), "<p>", outbox)
    before = first.read_bytes()

    again = write_outbox(write(), "<p>", outbox)

    assert (again, again.read_bytes()) == (first, before)
    assert len(list(outbox.iterdir())) == 2


@pytest.mark.parametrize("reader", ["a/b/c@example.com", "/b@example.com", "a%2f*?@example.com"])
def test_names(write, outbox, reader):
    """No address leads out of the outbox."""
    path = write_outbox(write(reader), "<p>", outbox)

    assert path.parent == outbox
    assert path.name.isascii()
    assert not set(path.name) & set("/*?%")
    assert path.is_file()


def test_twins(write, outbox):
    """Readers whose names look alike on disk keep a mail each."""
    one = write_outbox(write("a+b'c@example.com"), "<p>", outbox)
    two = write_outbox(write("a+b!c@example.com"), "<p>", outbox)

    assert one != two


def test_not_writable(write, outbox):
    """A folder that cannot be one is named."""
    outbox.parent.mkdir()
    outbox.write_text("a file")

    with pytest.raises(DeliveryError, match=r"outbox.*could not be written"):
        write_outbox(write(), "<p>", outbox)
