"""An environment with dlt, made once: dlt is what we compare with, never what we depend on."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path


class NoEnvironment(Exception):  # noqa: N818 (the reason why one contestant is left out)
    """dlt cannot be installed here."""


def python_with_dlt(folder: Path, requirements: Path) -> Path:
    """The interpreter of an environment that has what `requirements` name.

    Kept in `folder` until the requirements change. Raises NoEnvironment with the reason.
    """
    python = folder / "bin" / "python"
    stamp = folder / "made-from"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return python
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        raise NoEnvironment("there is no uv to make its environment with.")
    print("making an environment with dlt, once", flush=True)
    _do([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)])
    _do([uv, "pip", "install", "--quiet", "--python", str(python), "-r", str(requirements)])
    stamp.write_text(wanted, "utf-8")
    return python


def _do(command: list[str]) -> None:
    ran = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 (uv)
    if ran.returncode:
        last = ran.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise NoEnvironment(f"uv {command[1]} failed ({last[0].strip()}).")
