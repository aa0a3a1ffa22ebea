"""Nothing committed belongs to one machine, and nothing is left half done."""

import re
from pathlib import Path

import pytest

FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.:/])/(?:home|root|work|Users)/\w"),
    "names a package index": re.compile(r"(?:index-url|find-links|trusted-host)\s*[=\s]\s*\S*[:/]"),
    "unfinished": re.compile(r"\b(?:[T]ODO|[F]IXME|[X]XX)\b|[N]otImplementedError"),
}
LARGEST = 1_000_000

KNOWN = [
    pytest.param("open('/" + "home/ada/x')", "a path of one machine", id="home"),
    pytest.param("directory: /" + "Users/ada", "a path of one machine", id="mac"),
    pytest.param("--extra-index" + "-url https://x.test/simple", "names a package index", id="pip"),
    pytest.param("# TO" + "DO later", "unfinished", id="promise"),
]


def offences(text: str) -> list[str]:
    return [
        f"{text.count(chr(10), 0, match.start()) + 1}: {why}: {match[0]}"
        for why, pattern in FORBIDDEN.items()
        for match in pattern.finditer(text)
    ]


@pytest.mark.parametrize(("text", "why"), KNOWN)
def test_finds(text: str, why: str) -> None:
    """The search finds what it is for."""
    (offence,) = offences(text)

    assert why in offence


def test_files(checkout: Path, tracked: list[Path]) -> None:
    """No tracked file names a machine's folder or a package index, or is unfinished."""
    found = []
    for path in tracked:
        content = (checkout / path).read_bytes()
        if len(content) <= LARGEST and b"\0" not in content:
            text = content.decode("utf-8", errors="replace")
            found += [f"{path}:{offence}" for offence in offences(text)]

    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks(checkout: Path, name: str) -> None:
    """A lock file pins names, versions and hashes, and says nothing about where from."""
    lock = (checkout / name).read_text()

    pins = re.findall(r"^[\w.-]+==\S+", lock, flags=re.MULTILINE)
    hashed = re.findall(r"^[\w.-]+==[^\n]*\\\n    --hash=sha256:", lock, flags=re.MULTILINE)
    assert len(pins) == len(hashed) > 0
    assert "://" not in lock
    assert not re.search(r"^-", lock, flags=re.MULTILINE)


def test_dev_lock_agrees(checkout: Path) -> None:
    """What is tested is what runs: the two lock files pin the same versions."""

    def versions(name: str) -> set[str]:
        lock = (checkout / name).read_text()
        return set(re.findall(r"^[\w.-]+==[\w.]+", lock, flags=re.MULTILINE))

    runtime = versions("requirements.lock")

    assert runtime <= versions("requirements-dev.lock")
