"""`winloss build --full` shows how far it is and says what it did."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.warehouse import words

from winloss import sample, settings, warehouse

WINLOSS = str(Path(sys.executable).parent / "winloss")


def test_build_full_says_what_it_did(sample_home: Path, tmp_path: Path) -> None:
    """Each stage is named as it begins, texts are counted, and the last lines sum it up."""
    home = shutil.copytree(sample_home, tmp_path / "programme")
    programme = settings.read(home)
    words.land(programme.landing, words.WORDS)
    with warehouse.writing(programme.warehouse) as connection:
        connection.execute("begin")
        warehouse.load_landing(connection, programme.landing, now=datetime.now(UTC))
        connection.execute("commit")

    done = subprocess.run(
        [WINLOSS, "build", "--full", "--home", str(home)],
        env={"WINLOSS_SIGNING_KEY": sample.SIGNING_KEY},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "dropped everything above what was received, and built it anew:" in done.stdout
    assert "5 responses unfolded" in done.stdout
    shown = done.stderr.splitlines()
    assert shown.index("unfolding responses") < shown.index("coding words")
    assert any(line.endswith("texts coded") for line in shown)
