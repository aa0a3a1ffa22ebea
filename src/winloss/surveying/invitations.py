"""Reads the list of invitations that links are to be made for."""

from dataclasses import replace
from pathlib import Path

from winloss.crm import records
from winloss.crm.shape import INVITATIONS
from winloss.errors import CrmError
from winloss.settings import CrmFile, Settings

SHAPE = replace(INVITATIONS, required=("invitation_id", "form_kind"))


def read_list(programme: Settings, path: Path) -> tuple[CrmFile, records.Records]:
    """The list, and how it names its columns: as we do, or as the programme's own export.

    Raises CrmError when it cannot be read, is empty, is in another encoding, or names no
    invitation.
    """
    plain = CrmFile(path=path)
    found = _parsed(path, plain)
    if not found.header:
        raise CrmError(f"{path} is empty; it needs a header and a row for each invitation.")
    known = programme.crm.invitations
    if known is None or set(SHAPE.required) <= set(found.header):
        file = plain
    else:
        file = known.model_copy(update={"path": path})
        found = _parsed(path, file)
    _check_encoding(path, file, found)
    _check_header(path, file, found.header)
    return file, found


def _parsed(path: Path, file: CrmFile) -> records.Records:
    try:
        return records.parse(path.read_bytes(), encoding=file.encoding, separator=file.separator)
    except OSError as error:
        raise CrmError(f"{path} could not be read ({error.strerror}); check the name.") from error
    except (LookupError, TypeError, ValueError) as error:
        raise CrmError(f"{path} could not be read; check [crm.invitations]: {error}.") from error


def _check_encoding(path: Path, file: CrmFile, found: records.Records) -> None:
    """No row is taken from a list in another encoding: those that look whole may not be."""
    broken = [records.BROKEN in "".join(fault.cells) for fault in found.faults]
    if any(broken) or records.BROKEN in "".join(found.header):
        name = file.encoding.upper().removesuffix("-SIG")
        raise CrmError(f"{path} is not {name}; save it as CSV {name} and run it again.")


def _check_header(path: Path, file: CrmFile, header: tuple[str, ...]) -> None:
    for name in SHAPE.required:
        wanted = file.columns.get(name, name).strip()
        if name in file.constants or wanted in header:
            continue
        found = ", ".join(title for title in header if title.isprintable())
        parted = "" if len(header) > 1 else f" Columns must be parted by {file.separator!r}."
        raise CrmError(
            f"{path} has no column {wanted!r} for {name}. It has: {found}.{parted} Set "
            f"crm.invitations.columns.{name} to one of them, or name the column {name}."
        )
