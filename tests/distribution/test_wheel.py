"""What is installed is what was checked out, and nothing lies beside it."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CONTENT = ("flows", "sql", "reports", "templates")


def run(*command: str | Path, cwd: Path) -> str:
    """Standard output of a command that has to succeed."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(kind: str, source: Path, target: Path) -> Path:
    run(sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "-o", target, cwd=source)
    (made,) = target.iterdir()
    return made


def contents(wheel: Path) -> dict[str, bytes]:
    """File name -> bytes, without the metadata."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
        return {name: archive.read(name) for name in names}


@pytest.fixture(scope="module")
def source(clean_copy: Path) -> Path:
    """The clean copy after somebody has worked in it: compiled files lie about."""
    for folder in ("flows", "reports"):
        cache = clean_copy / folder / "__pycache__"
        cache.mkdir(exist_ok=True)
        (cache / "weekly.cpython-311.pyc").write_bytes(b"stale")
    return clean_copy


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", source, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", source, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment that has the wheel, and borrows its dependencies from this one."""
    home = tmp_path_factory.mktemp("installed") / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home.parent)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=home)
    ours = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
    borrowed = sysconfig.get_path("purelib")
    # The wheel comes first on the path, so that an editable install in `borrowed` loses; a
    # plain path line does not run the `.pth` files there.
    (Path(ours) / "borrowed.pth").write_text(borrowed)
    return home


class TestWheel:
    @pytest.mark.parametrize("folder", CONTENT)
    def test_content(self, wheel: Path, checkout: Path, tracked: list[Path], folder: str) -> None:
        """A content folder holds exactly the checkout's files, byte for byte."""
        expected = {
            f"winloss/{path.as_posix()}": (checkout / path).read_bytes()
            for path in tracked
            if path.parts[0] == folder
        }

        packed = contents(wheel)

        inside = {n: packed[n] for n in packed if n.startswith(f"winloss/{folder}/")}
        assert expected
        assert inside.keys() == expected.keys()
        assert inside == expected

    def test_package(self, wheel: Path, checkout: Path, tracked: list[Path]) -> None:
        """The package holds exactly what lies in src/winloss, data files too."""
        expected = {
            path.relative_to("src").as_posix(): (checkout / path).read_bytes()
            for path in tracked
            if path.parts[0] == "src"
        }

        packed = contents(wheel)

        content = tuple(f"winloss/{folder}/" for folder in CONTENT)
        assert {n: packed[n] for n in packed if not n.startswith(content)} == expected

    def test_one_name(self, wheel: Path) -> None:
        """site-packages gains one name beside the metadata."""
        with zipfile.ZipFile(wheel) as archive:
            tops = {name.split("/")[0] for name in archive.namelist()}

        assert {top for top in tops if not top.endswith(".dist-info")} == {"winloss"}

    def test_licence(self, wheel: Path, checkout: Path) -> None:
        """The licence travels with the wheel."""
        with zipfile.ZipFile(wheel) as archive:
            (name,) = [n for n in archive.namelist() if n.endswith("/licenses/LICENSE")]
            licence = archive.read(name)

        assert licence == (checkout / "LICENSE").read_bytes()

    def test_sdist(self, wheel: Path, sdist: Path, tmp_path: Path) -> None:
        """A wheel built from the sdist is the wheel built from the checkout."""
        run(sys.executable, "-m", "tarfile", "-e", sdist, tmp_path / "unpacked", cwd=tmp_path)
        (unpacked,) = (tmp_path / "unpacked").iterdir()

        again = build("wheel", unpacked, tmp_path / "wheel")

        assert contents(again) == contents(wheel)


class TestEditable:
    def test_no_copies(self, source: Path, tmp_path: Path) -> None:
        """An editable install is one line that names src/, and copies nothing to go stale."""
        script = f"import hatchling.build as b; b.build_editable({str(tmp_path)!r})"

        run(sys.executable, "-c", script, cwd=source)

        (made,) = tmp_path.iterdir()
        assert contents(made) == {"_winloss.pth": str(source / "src").encode()}


class TestInstalled:
    def test_command(self, installed: Path, tmp_path: Path) -> None:
        """The installed command answers, away from any checkout."""
        printed = run(installed / "bin" / "winloss", "--help", cwd=tmp_path)

        assert "run" in printed

    def test_resources(self, installed: Path, tmp_path: Path) -> None:
        """Flows, SQL, reports and templates are found inside the installed package."""
        script = (
            "from winloss import resources\n"
            f"for name in {CONTENT!r}: print(resources.folder(name))\n"
            "print(resources.load('reports', 'weekly').__file__)\n"
        )

        printed = run(installed / "bin" / "python", "-c", script, cwd=tmp_path)

        package = Path(
            sysconfig.get_path("purelib", vars={"base": str(installed), "platbase": str(installed)})
        )
        lines = printed.splitlines()
        assert lines == [
            *(str(package / "winloss" / folder) for folder in CONTENT),
            str(package / "winloss" / "reports" / "weekly.py"),
        ]
