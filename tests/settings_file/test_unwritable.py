"""A settings file that cannot be written stays as it was, and the message says what to do."""

import subprocess
import sys
import tempfile
from pathlib import Path

from winloss import settings

TEXT = 'company = "Northwind"\n'
ADD = """
import os, resource, sys
from pathlib import Path
from winloss import errors, settings_file
if sys.argv[2] == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
elif os.geteuid() == 0:
    os.setuid(65534)  # nothing is forbidden to root
try:
    settings_file.add_form(Path(sys.argv[1]), form_id="New1", kind="pulse")
except errors.SettingsError as error:
    print(error)
"""


def test_folder_that_may_not_be_written():
    """Beside pytest's own folders, which nobody else may even pass through."""
    with tempfile.TemporaryDirectory() as folder:
        path = _written(Path(folder) / "programme")
        for each in (path.parent.parent, path.parent):
            each.chmod(0o555)

        said = _add(path, "closed")

        assert f"{path} could not be written: Permission denied" in said
        assert path.read_text() == TEXT
        for each in (path.parent.parent, path.parent):
            each.chmod(0o755)


def test_full_disk(tmp_path: Path):
    path = _written(tmp_path / "programme")

    said = _add(path, "full")

    assert f"{path} could not be written: File too large" in said
    assert path.read_text() == TEXT
    assert [each.name for each in path.parent.iterdir()] == [settings.FILE]


def _written(folder: Path) -> Path:
    folder.mkdir()
    path = folder / settings.FILE
    path.write_text(TEXT)
    return path


def _add(path: Path, what: str) -> str:
    command = [sys.executable, "-B", "-c", ADD, str(path), what]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
