"""Makes a signed link for each invitation of a list, and sets aside those it cannot."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from winloss import settings, wording
from winloss.crm import mapping, records
from winloss.errors import FormError, SettingsError
from winloss.settings import CrmFile, FormSettings, Settings
from winloss.surveying.invitations import SHAPE, read_list
from winloss.surveying.sheets import Sheet, write_both
from winloss.typeform.links.linking import chosen_block, link
from winloss.typeform.surveys.forms import blocks, form

_out = Console(soft_wrap=True, highlight=False)
_shown = Console(highlight=False)

_ABOUT = {"pulse": "account_id", "staff": ""}
"""Form kind -> what its invitation must name; all others name a decision."""
_MOST_LINES = 10
_MOST_REASONS = 5


@dataclass(frozen=True)
class Linked:
    """One row of the list and its link, or why it has none."""

    at_line: int
    invitation_id: str
    form_kind: str = ""
    block: str = ""
    link: str = ""
    fault: str = ""


def links(home: Path, invitations: Path, target: Path, *, base: str, is_forced: bool) -> None:
    """Write the rows of `invitations` with `block` and `link` to `target`, and say how many.

    Rows that cannot have one go to `<target>.rejects.csv` with their line and the reason.
    Raises CrmError for a list that cannot be used, SettingsError without the signing key, and
    FormError when a file would be overwritten or no row has a link.
    """
    programme = settings.read(home)
    rejected = target.with_suffix(".rejects.csv")
    _check_targets(invitations, target, rejected, is_forced=is_forced)
    file, parsed = read_list(programme, invitations)
    linked = [*_faults(parsed), *_linked(programme, parsed, file, base)]
    good = {each.at_line: each for each in linked if each.link}
    bad = sorted((each for each in linked if each.fault), key=lambda each: each.at_line)
    if not good:
        first = f" Line {bad[0].at_line}: {bad[0].fault}." if bad else " It has no rows."
        raise FormError(f"{invitations} has no invitation a link can be made for.{first}")
    column = file.columns.get("block", "block")
    write_both(target, _sheet(parsed, good, column), rejected, _rejects(bad))
    _tell(target, rejected, list(good.values()), bad)


def _check_targets(source: Path, target: Path, rejected: Path, *, is_forced: bool) -> None:
    if source.resolve() in (target.resolve(), rejected.resolve()):
        raise FormError(f"{target} is the list itself; name another file for the links.")
    for path in (target, rejected):
        if path.exists() and not is_forced:
            raise FormError(f"{path} is there already; name another file, or add --force.")


def _faults(parsed: records.Records) -> Iterator[Linked]:
    return (Linked(fault.at_line, "", fault=fault.reason) for fault in parsed.faults)


def _linked(
    programme: Settings, parsed: records.Records, file: CrmFile, base: str
) -> Iterator[Linked]:
    rows = mapping.apply(parsed, SHAPE, file).frame.to_dicts()
    ids = Counter(row["invitation_id"] for row in rows)
    forms = _forms(programme)
    key = programme.signing_key.get_secret_value().encode()
    kinds = {row["form_kind"] for row in rows}
    if not key and any(forms[kind].signed for kind in kinds if kind in forms):
        raise SettingsError("The links are signed, but there is no key. Set WINLOSS_SIGNING_KEY.")
    for row in rows:
        at_line, invitation_id = row[mapping.LINE], row["invitation_id"] or ""
        made = Linked(at_line, invitation_id, row["form_kind"] or "")
        try:
            _check(row, ids)
            yield _one(made, row, forms, key, base)
        except FormError as error:
            yield replace(made, fault=str(error))


def _forms(programme: Settings) -> dict[str, FormSettings]:
    """The one form of each kind; a kind with two has none, since neither is meant."""
    counted = Counter(each.kind for each in programme.typeform.forms)
    return {each.kind: each for each in programme.typeform.forms if counted[each.kind] == 1}


def _check(row: dict[str, Any], ids: Counter[str]) -> None:
    if not row["invitation_id"]:
        raise FormError("it has no invitation_id")
    if ids[row["invitation_id"]] > 1:
        raise FormError(f"invitation_id {row['invitation_id']} stands on several rows")
    if row["form_kind"] not in SHAPE.choices["form_kind"]:
        raise FormError(f"form_kind {row['form_kind'] or 'is empty'} is none of ours")
    about = _ABOUT.get(row["form_kind"], "decision_id")
    if about and not row[about]:
        raise FormError(f"it has no {about}, so its answer would be about nobody")


def _one(
    made: Linked, row: dict[str, Any], forms: dict[str, FormSettings], key: bytes, base: str
) -> Linked:
    kind = made.form_kind
    if kind not in forms:
        raise FormError(f"winloss.toml names no form of kind {kind}, or more than one")
    asked_with = forms[kind]
    # A customer's own form has no jumps to our blocks.
    names = () if asked_with.questions else tuple(block.name for block in blocks(kind))
    if row["block"] and row["block"] not in names:
        raise FormError(f"block {row['block']} does not rotate in {kind}")
    block = row["block"] or chosen_block(made.invitation_id, names)
    values = {**row, "block": block}
    hidden = {name: values[name] for name in form(kind).hidden if values.get(name)}
    signed_with = key if asked_with.signed else None
    return replace(made, block=block, link=link(asked_with.id, hidden, signed_with, base))


def _sheet(parsed: records.Records, good: dict[int, Linked], block_column: str) -> Sheet:
    """The list as it was, with the block in its column and the link behind."""
    kept = [place for place, name in enumerate(parsed.header) if name != "link"]
    header = [parsed.header[place] for place in kept]
    place_of_block = header.index(block_column) if block_column in header else None
    rows = []
    for at_line, cells in zip(parsed.lines, parsed.rows, strict=True):
        made = good.get(at_line)
        if made is None:
            continue
        row = [cells[place] for place in kept]
        if place_of_block is None:
            row.append(made.block)
        else:
            row[place_of_block] = made.block
        rows.append((*row, made.link))
    added = ("link",) if place_of_block is not None else ("block", "link")
    return Sheet((*header, *added), tuple(rows))


def _rejects(bad: list[Linked]) -> Sheet | None:
    rows = tuple((str(each.at_line), each.invitation_id, each.fault) for each in bad)
    return Sheet(("at_line", "invitation_id", "reason"), rows) if rows else None


def _tell(target: Path, rejected: Path, good: list[Linked], bad: list[Linked]) -> None:
    _out.print(f"{wording.sentence(wording.counted(len(good), 'link'))} in {escape(str(target))}")
    _shown.print(_shares(good))
    if bad:
        _tell_faults(bad)
        _out.print(f"Each of them is in {escape(str(rejected))}.")
    _out.print("Next: mail each person the link in column link.")


def _shares(good: list[Linked]) -> Table:
    """How many links of each kind go to each block."""
    table = Table("form_kind", "links", "links per block", box=None, pad_edge=False)
    for kind in sorted({each.form_kind for each in good}):
        blocks_of = [each.block for each in good if each.form_kind == kind]
        shares = sorted(Counter(filter(None, blocks_of)).items())
        said = ", ".join(f"{name} {count:,}" for name, count in shares)
        table.add_row(kind, f"{len(blocks_of):,}", said or "no rotating block")
    return table


def _tell_faults(bad: list[Linked]) -> None:
    """Each reason with its lines, those of the most lines first."""
    _out.print(f"{wording.sentence(wording.counted(len(bad), 'row'))} without a link:")
    lines: dict[str, list[str]] = {}
    for each in bad:
        lines.setdefault(each.fault, []).append(str(each.at_line))
    reasons = sorted(lines.items(), key=lambda each: -len(each[1]))
    table = Table.grid(padding=(0, 1, 0, 0))
    for reason, at in reasons[:_MOST_REASONS]:
        noun = "line" if len(at) == 1 else "lines"
        table.add_row("·", escape(f"on {noun} {wording.listed(at, most=_MOST_LINES)}: {reason}"))
    if len(reasons) > _MOST_REASONS:
        more = wording.counted(len(reasons) - _MOST_REASONS, "other reason")
        table.add_row("·", f"and {more}")
    _shown.print(table)
