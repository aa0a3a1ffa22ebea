"""Says in our words what DuckDB and the disk say of a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from winloss.errors import WarehouseBusy, WarehouseError

_INTERRUPTED = "Query interrupted"
_FULL = ("No space left on device", "File too large", "Disk quota exceeded", "Out of Memory Error")
_DISK = (duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException)


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C within a query is Ctrl-C, though DuckDB calls it an error, and so the rollback's."""
    try:
        yield
    except (RuntimeError, duckdb.Error) as error:
        if any(
            isinstance(each, KeyboardInterrupt) or _INTERRUPTED in str(each)
            for each in _behind(error)
        ):
            raise KeyboardInterrupt from error
        raise


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise WarehouseError where the disk fails or is full while `path` is read or written.

    Whatever else goes wrong with a query is ours to mend, and keeps its traceback.
    """
    try:
        yield
    except duckdb.Error as error:
        for each in _behind(error):
            if _is_of_the_disk(each):
                raise unusable(path, each) from error
        raise


def _is_of_the_disk(error: BaseException) -> bool:
    # A block that does not fit its checksum has no class of its own, nor has a commit without room.
    return (
        isinstance(error, _DISK)
        or type(error) is duckdb.Error
        or any(word in str(error) for word in _FULL)
    )


def _behind(error: BaseException) -> Iterator[BaseException]:
    """An error, and what it came from: a rollback that fails hides why it was begun."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def explained(path: Path, error: duckdb.Error | OSError) -> WarehouseError:
    """Why a file cannot be opened, and what to do next; WarehouseBusy while another has it."""
    text = str(error)
    if "Could not set lock on file" in text:
        return WarehouseBusy(
            f"Another process is writing {path}. Wait for it to end, then run this again."
        )
    if "version number" in text:
        return WarehouseError(
            f"{path} was written by a newer version. Upgrade winloss, or restore an older backup."
        )
    return WarehouseError(
        f"{path} cannot be opened as a warehouse ({_first_line(error)}). Nothing was changed. "
        "Look at the disk and who may write there, or restore a backup."
    )


def unusable(path: Path, error: BaseException) -> WarehouseError:
    """Why reading or writing a file came to an end, and what to do next."""
    reason = _first_line(error)
    if any(word in reason for word in _FULL):
        return WarehouseError(
            f"There is no room to go on ({reason}). What was begun in {path} is undone; make room "
            "on the disk or in memory, then run this again."
        )
    return WarehouseError(
        f"{path} cannot be read or written ({reason}). What was begun is undone; look at the disk, "
        "then run this again, or restore a backup."
    )


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]
