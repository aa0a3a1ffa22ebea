"""The steps of a weekly run, as plain functions: what flows and the command line wire.

Every step takes the programme's folder and the run's one instant, opens what it needs and
closes it again; steps hand paths and values to one another, never connections.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from winloss import crm, editing, files, mail, pace, recipes, settings, typeform, warehouse
from winloss.errors import DeliveryError, SettingsError, TypeformMissing
from winloss.reporting import Edition
from winloss.settings import Settings
from winloss.typeform.reading.progress import Progress
from winloss.weeks import Week

log = logging.getLogger("winloss")

EVERYBODY = "all"


@dataclass(frozen=True)
class Landed:
    """What came in: responses, rows of our own systems, and inputs set aside."""

    edition: Edition | None
    """The edition as first opened; None where the run was to make none."""
    response_count: int
    record_count: int
    reject_count: int
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Delivered:
    """Where an edition went."""

    sent: tuple[str, ...]
    skipped: tuple[str, ...]
    outbox: Path | None


def week_of(home: Path, week: str | None, now: datetime) -> Week:
    """The week asked for, or the last whole week before `now` in the programme's zone.

    Raises SettingsError for a week that is not over: its edition would be kept half told.
    """
    last = Week.before(now, settings.read(home).zone)
    wanted = Week.parse(week) if week else last
    if wanted > last:
        raise SettingsError(f"The week {wanted} is not over yet; the last whole one is {last}.")
    return wanted


def pull(home: Path, now: datetime) -> typeform.Pulls:
    """Fetch from Typeform what is new since the last pull that was landed."""
    programme = settings.read(home)
    check_keys(programme)
    if not programme.typeform.forms:
        return typeform.Pulls((), ())
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        since = warehouse.cursors(connection)
    with files.told(programme.pulls):
        pulls = typeform.pull(programme, since=since, now=now, progress=tell)
    for each in pulls.missing:
        log.warning("%s %s could not be read: %s", each.form_kind, each.form_id, each.detail)
    for form in pulls.pulled:
        for short in form.short:
            log.warning(
                "%s %s: Typeform counts %s responses (%s) and gave %s; the next pull reads the "
                "same time again",
                *(form.form_kind, form.form_id, f"{short.told_count:,}"),
                *(short.response_type, f"{short.given_count:,}"),
            )
    if not pulls.pulled:
        raise TypeformMissing(
            "None of the forms in winloss.toml could be read, and a mail would call that silence. "
            f"Check the ids under [[typeform.forms]]. {pulls.missing[0].detail}"
        )
    return pulls


def land(
    home: Path, pulls: typeform.Pulls, now: datetime, edition: Edition | None = None
) -> Landed:
    """Land what was pulled and what our own systems say, and open the edition to be made of it.

    Files land before the one transaction that loads them and moves the cursors, so that a run
    cut off anywhere repeats its reading and loses nothing.
    """
    programme = settings.read(home)
    rejects = [_missing(each) for each in pulls.missing]
    rejects += [_short(each, short) for each in pulls.pulled for short in each.short]
    with files.told(programme.landing):
        for each in pulls.pulled:
            rejects += _land_form(programme, each, now)
    log.info("reading the CRM exports")
    records = crm.read(programme, now=now)
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        connection.execute("begin")
        response_count = warehouse.load_landing(connection, programme.landing, now=now)
        learned_at = warehouse.learned_at(connection, now)
        record_count = sum(
            warehouse.load_records(
                connection, entity, frame, key=crm.key_of(entity), now=learned_at
            )
            for entity, frame in records.frames.items()
        )
        set_aside = pl.concat([warehouse.frame_of(rejects), records.rejects])
        warehouse.load_rejects(connection, set_aside, now=now)
        warehouse.move_cursors(connection, _moved(pulls, rejects))
        opened = warehouse.opened(connection, edition) if edition else None
        connection.execute("commit")
    return Landed(opened, response_count, record_count, set_aside.height, records.caveats)


def build(home: Path, as_of: datetime, *, is_full: bool = False) -> warehouse.Built:
    """Build everything above raw, as of the run's instant."""
    programme = settings.read(home)
    check_keys(programme)
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        return warehouse.build(
            connection,
            recipes.recipe(programme),
            as_of=as_of,
            is_full=is_full,
            progress=log.info,
            pace=pace.told(),
        )


def publish(home: Path, as_of: datetime) -> Path:
    """Make the analysts' copy."""
    programme = settings.read(home)
    log.info("publishing the analysts' copy")
    warehouse.publish(
        programme.warehouse,
        programme.published,
        names=lambda connection: warehouse.Reader(connection, programme).names(),
        as_of=as_of,
        zone=programme.time_zone,
    )
    return programme.published


def deliver(home: Path, edition: Edition, now: datetime, *, is_resend: bool = False) -> Delivered:
    """Hand the edition to each reader at most once: by SMTP when set, else to the outbox."""
    programme = settings.read(home)
    folder = programme.editions / edition.edition_id
    outbox = None if programme.mail.host else programme.outbox / edition.edition_id
    messages = {
        reader: _message(programme, edition, folder, reader)
        for reader in editing.readers(home, edition)
    }
    html = (folder / f"{edition.report}.html").read_text(encoding="utf-8")

    def claim(reader: str) -> bool:
        with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
            return warehouse.claim(
                connection,
                edition.edition_id,
                reader,
                message_id=messages[reader]["Message-ID"],
                now=now,
                is_resend=is_resend,
            )

    def record(reader: str, outcome: str, detail: str) -> None:
        with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
            warehouse.record(
                connection, edition.edition_id, reader, outcome=outcome, detail=detail, now=now
            )

    def send(message: Any) -> None:  # noqa: ANN401 (the mail room's own message)
        if outbox is None:
            mail.deliver(message, programme.mail, programme.smtp_password)
        else:
            mail.write_outbox(message, html, outbox)

    sent = mail.deliver_edition(messages, claim=claim, record=record, send=send)
    return Delivered(sent, tuple(reader for reader in messages if reader not in sent), outbox)


def deliver_others(home: Path, others: tuple[Edition, ...], now: datetime) -> int:
    """Hand teams and sellers their own editions; returns how many mails went out now.

    One that fails does not keep the others back; DeliveryError names them all at the end.
    """
    sent, troubles = 0, []
    for edition in others:
        try:
            sent += len(deliver(home, edition, now).sent)
        except DeliveryError as error:
            troubles.append(f"{edition.edition_id}: {error}")
    if troubles:
        raise DeliveryError(" ".join(troubles))
    return sent


def tell(progress: Progress) -> None:
    """Say how far a pull or a sweep is, for whoever shows it."""
    log.info("%s", progress, extra={"share": progress.share})


def check_keys(programme: Settings) -> None:
    """Raise SettingsError where forms are signed and no key is set: all would seem forged."""
    if any(form.signed for form in programme.typeform.forms) and not (
        programme.signing_key.get_secret_value()
    ):
        raise SettingsError(
            "Some forms are signed, but there is no key. Set WINLOSS_SIGNING_KEY, or "
            "`signed = false` for forms without invitations."
        )


def _missing(form: typeform.Missing) -> warehouse.Reject:
    return warehouse.Reject("typeform", "form", form.form_id, form.reason, form.detail)


def _short(form: typeform.Pulled, short: typeform.Short) -> warehouse.Reject:
    detail = f"{short.response_type}: {short.given_count} of {short.told_count}"
    return warehouse.Reject(
        "typeform", "responses", form.form_id, "fewer responses than counted", detail
    )


def _land_form(
    programme: Settings, pulled: typeform.Pulled, now: datetime
) -> list[warehouse.Reject]:
    log.info("landing %s", pulled.form_kind)
    form = {"form_id": pulled.form_id, "form_kind": pulled.form_kind}
    _, no_definition = warehouse.land_definition(
        programme.landing, pulled.definition, **form, fetched_at=now
    )
    _, rejects = warehouse.land_pages(
        programme.landing, pulled.pages, **form, source="pull", fetched_at=now
    )
    return [*no_definition, *rejects]


def _moved(
    pulls: typeform.Pulls, rejects: list[warehouse.Reject]
) -> dict[tuple[str, str], datetime]:
    """Where each form is read from next; what was unreadable or lacking is read again."""
    unread = {each.detail for each in rejects if each.entity == "page"}
    short = {(form.form_id, each.response_type) for form in pulls.pulled for each in form.short}
    return {
        (each.form_id, response_type): each.until
        for each in pulls.pulled
        if each.form_id not in unread
        for response_type in typeform.RESPONSE_TYPES
        if (each.form_id, response_type) not in short
    }


def _message(programme: Settings, edition: Edition, folder: Path, reader: str) -> Any:  # noqa: ANN401
    attachments = (
        ()
        if programme.report.full_report_url or edition.report != "weekly"
        else ((f"{edition.edition_id}-full.html", (folder / "full.html").read_bytes()),)
    )
    return mail.compose(
        edition,
        (folder / "subject.txt").read_text(encoding="utf-8"),
        (folder / f"{edition.report}.txt").read_text(encoding="utf-8"),
        (folder / f"{edition.report}.html").read_text(encoding="utf-8"),
        sender=programme.mail.sender,
        reader=reader,
        attachments=attachments,
    )
