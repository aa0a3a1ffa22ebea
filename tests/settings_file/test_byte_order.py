"""A settings file that begins with a byte-order mark, as some editors of Windows write it."""

from pathlib import Path

from winloss import settings, settings_file

MARKED = b'\xef\xbb\xbfcompany = "Harbourline"\n'


def test_it_is_read(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_bytes(MARKED)

    assert settings.read(tmp_path).company == "Harbourline"


def test_a_form_is_added_to_it(tmp_path: Path) -> None:
    """What was there stays, and the file is read afterwards."""
    target = tmp_path / settings.FILE
    target.write_bytes(MARKED)

    settings_file.add_form(target, form_id="Lost1", kind="lost_deal")

    read = settings.read(tmp_path)
    assert (read.company, [form.id for form in read.typeform.forms]) == ("Harbourline", ["Lost1"])
