"""What is landed to be acknowledged is on disk, and not only on its way there."""

import os
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from winloss import warehouse
from winloss.warehouse.receiving import receive

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def flushed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Each file and folder that is flushed to disk from now on, as it was called then."""
    found: list[Path] = []
    really = os.fsync

    def fsync(opened: int) -> None:
        found.append(Path(f"/proc/self/fd/{opened}").readlink())
        really(opened)

    monkeypatch.setattr(os, "fsync", fsync)
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks Linux for names of open files")
def test_a_line_is_flushed_with_its_name_and_its_folders_name(
    tmp_path: Path, flushed: list[Path]
) -> None:
    """Before the rename the file, after it both folders: a power cut takes none of them away."""
    path = receive(tmp_path, b"{}", form_id="Lost1", form_kind="lost_deal", received_at=AT)

    assert [each.suffix for each in flushed] == [".part", "", ""]
    assert flushed[1:] == [path.parent, tmp_path]


def test_landing_again_writes_nothing_and_is_flushed_all_the_same(
    tmp_path: Path, flushed: list[Path]
) -> None:
    """Whoever landed it first may have been cut off before the folders were flushed."""
    form = {"form_id": "Lost1", "form_kind": "lost_deal"}
    first = receive(tmp_path, b'{"token": "a"}', **form, received_at=AT)
    written = first.read_bytes()
    flushed.clear()

    assert receive(tmp_path, b'{ "token":"a"}', **form, received_at=datetime.now(UTC)) == first
    assert (first.read_bytes(), flushed) == (written, [first.parent, tmp_path])


def test_no_object_is_no_response(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not an object"):
        receive(tmp_path, b"[]", form_id="Lost1", form_kind="lost_deal", received_at=AT)
    assert list(tmp_path.rglob("*.*")) == []


@pytest.mark.parametrize("form_id", ["../evil", "..", "/abs", "a/b"])
def test_no_form_id_leaves_the_folder(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, form_id: str
) -> None:
    """Whatever a form is called, its lines lie below landing/ and are loaded."""
    folder = tmp_path / "landing"

    path = receive(folder, b'{"token":"t"}', form_id=form_id, form_kind="lost_deal", received_at=AT)

    assert path.parent.parent.resolve() == folder.resolve()
    assert warehouse.load_landing(connection, folder, now=AT) == 1
