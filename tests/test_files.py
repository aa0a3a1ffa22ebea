"""Files are written whole, or what was there stays."""

import pytest

from winloss import files


def test_what_is_written_is_there_at_the_end(tmp_path):
    """Not before: until then the file of before is."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")

    with files.writing(path) as file:
        file.write(b"after, ")
        assert path.read_bytes() == b"before"
        file.write(b"all of it")

    assert path.read_bytes() == b"after, all of it"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def half_written(path):
    with files.writing(path) as file:
        file.write(b"half of")
        raise KeyboardInterrupt


def test_a_cut_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.txt"
    files.write(path, b"before")

    with pytest.raises(KeyboardInterrupt):
        half_written(path)

    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        files.write(tmp_path / "nowhere" / "a.txt", b"x")
