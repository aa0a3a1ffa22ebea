"""Ctrl-C ends a command in one line, and running it again completes the job."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from winloss import sample, settings, warehouse

WINLOSS = str(Path(sys.executable).parent / "winloss")
SAID = "winloss: Stopped. Run it again; it goes on where it was."


@pytest.mark.slow
@pytest.mark.parametrize("word", ["building\n", "unfolding responses\n", "building marts\n"])
def test_stopped_while_it_builds(finished, word, tmp_path):
    """Whatever a query or its rollback makes of it, no traceback follows."""
    home = shutil.copytree(finished, tmp_path / "programme")
    command = [WINLOSS, "build", "--full", "--home", str(home)]
    environment = {**os.environ, "WINLOSS_SIGNING_KEY": sample.SIGNING_KEY}

    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        assert run.stdout is not None
        while run.stdout.readline() != word:
            assert run.poll() is None
        time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        said = run.stdout.read().splitlines()

    assert said[-1] == SAID
    assert not any("Traceback" in line for line in said)
    assert run.returncode == 130
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    with warehouse.reading(settings.read(home).warehouse) as connection:
        assert connection.execute("select count(*) > 0 from marts.codes").fetchall() == [(True,)]
