"""The mail room: composes an edition for one reader, hands it over once, or writes it down.

It knows nothing of the warehouse: who has been sent what is claimed and recorded through
functions it is handed.
"""

import hashlib
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from pydantic import SecretStr

from winloss import files
from winloss.errors import DeliveryError, UncertainDelivery
from winloss.reporting import Edition
from winloss.settings import MailSettings

Outcome = Literal["sent", "failed", "unknown"]

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
"""Line breaks, control characters and overrides of the writing direction."""
_ATOM = r"[A-Za-z0-9_!#$%&'*+/=?^`{|}~-]+"
_MAILBOX = re.compile(
    r'(?:(?P<name>"[^"\\]*"\s*|[^<>@,;:"\\()]*)<)?'
    rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)"
    r"@(?P<domain>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)(?(name)>)"
)
"""One address, with or without a name before it in angle brackets."""
_UNSAFE_IN_NAMES = re.compile(r"[^\w@.+-]+|^\.+", re.ASCII)
_EDITION = "Winloss-Edition"
_TAKEN = 250


def compose(
    edition: Edition,
    subject: str,
    text: str,
    html: str,
    *,
    sender: str,
    reader: str,
    attachments: tuple[tuple[str, bytes], ...] = (),
) -> EmailMessage:
    """The edition as one reader gets it: text, HTML, then attachments as (file name, bytes).

    The same arguments give the same bytes; the Message-ID depends on edition and reader
    alone, so that a mail sent again is known to be the same. Raises DeliveryError for an
    address that cannot be one.
    """
    from_, to = _address(sender, "mail.sender"), _address(reader, "report.readers")
    name = hashlib.sha256(f"{edition.edition_id}\n{to.addr_spec}".encode()).hexdigest()[:32]
    message = EmailMessage(policy=SMTP)
    # EmailMessage's own folding loses spaces beside typographic quotes.
    message.set_raw("Subject", Header(one_line(subject), "utf-8", header_name="Subject").encode())
    message["From"], message["To"] = from_, to
    message["Date"] = edition.as_of
    message["Message-ID"] = f"<{name}@{from_.domain}>"
    message["List-Unsubscribe"] = f"<mailto:{quote(from_.addr_spec, safe='@')}?subject=unsubscribe>"
    message["Auto-Submitted"] = "auto-generated"
    message[_EDITION] = edition.edition_id
    message.set_content(_sound(text), cte="quoted-printable")
    message.add_alternative(_sound(html), subtype="html", cte="quoted-printable")
    for file_name, content in attachments:
        _attach(message, one_line(file_name), content)
    _bound(message, name)
    return message


def one_line(text: str) -> str:
    """The text fit for a header: no line break, control character or direction override.

    What looks like an encoded word is split, as a mail reader would decode it.
    """
    return " ".join(_UNPRINTABLE.sub(" ", _sound(text)).replace("=?", "= ?").split())


def _sound(text: str) -> str:
    """The text without lone surrogates, which no encoding can carry."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _address(text: str, setting: str) -> Address:
    match = _MAILBOX.fullmatch(text.strip())
    if match is None or _UNPRINTABLE.search(text):
        raise DeliveryError(
            f"{setting}: {text!r} is not one e-mail address such as ada@example.com."
        )
    name = (match["name"] or "").strip().strip('"')
    return Address(name, match["local"], match["domain"])


def _attach(message: EmailMessage, file_name: str, content: bytes) -> None:
    kinds = {".html": ("text", "html"), ".csv": ("text", "csv"), ".pdf": ("application", "pdf")}
    kind, subtype = kinds.get(Path(file_name).suffix.lower(), ("application", "octet-stream"))
    message.add_attachment(content, maintype=kind, subtype=subtype, filename=file_name)
    if kind == "text":
        list(message.iter_attachments())[-1].set_param("charset", "utf-8")


def _bound(message: EmailMessage, name: str) -> None:
    """Set the boundaries, which would otherwise be drawn at random for each run."""
    for depth, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{name}_{depth}")


def deliver(message: EmailMessage, mail: MailSettings, password: SecretStr) -> None:
    """Hand the message to the SMTP server of the settings.

    Raises DeliveryError when it is certain that nothing was sent, UncertainDelivery
    when the connection failed while the message was handed over.
    """
    with _connected(mail) as server:
        try:
            _log_in(server, mail, password)
            _address_envelope(server, message, mail)
        except smtplib.SMTPAuthenticationError as error:
            raise DeliveryError(
                f"{mail.host} does not accept mail.user with its password{_said(error)}; check "
                "mail.user and WINLOSS_SMTP_PASSWORD. Nothing was sent."
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryError(
                f"{mail.host}:{mail.port} broke off before the message was handed over"
                f"{_said(error)}; check mail.security and mail.user, then run again. "
                "Nothing was sent."
            ) from error
        _hand_over(server, message, mail)


@contextmanager
def _connected(mail: MailSettings) -> Iterator[smtplib.SMTP]:
    """A connection whose end is no failure: a message once taken stays taken."""
    server = _opened(mail)
    try:
        yield server
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        server.close()


def _opened(mail: MailSettings) -> smtplib.SMTP:
    try:
        if mail.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(
                mail.host, mail.port, timeout=mail.timeout_seconds, context=context
            )
        return smtplib.SMTP(mail.host, mail.port, timeout=mail.timeout_seconds)
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(
            f"No SMTP server could be reached at {mail.host}:{mail.port}{_said(error)}; check "
            "mail.host, mail.port and mail.security. Nothing was sent."
        ) from error


def _log_in(server: smtplib.SMTP, mail: MailSettings, password: SecretStr) -> None:
    if mail.security == "starttls":
        server.starttls(context=ssl.create_default_context())
    server.ehlo_or_helo_if_needed()
    if mail.user:
        server.login(mail.user, password.get_secret_value())


def _address_envelope(server: smtplib.SMTP, message: EmailMessage, mail: MailSettings) -> None:
    sender, reader = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    for address, setting, ask in (
        (sender, "mail.sender", server.mail),
        (reader, "report.readers", server.rcpt),
    ):
        code, reply = ask(address)
        if code not in {250, 251}:
            raise DeliveryError(
                f"{mail.host} refuses {address} ({code} {_brief(reply)}); check {setting}. "
                "Nothing was sent."
            )


def _hand_over(server: smtplib.SMTP, message: EmailMessage, mail: MailSettings) -> None:
    """From here on only a clear answer of the server tells what became of the message."""
    reply: bytes | str
    try:
        code, reply = server.data(message.as_bytes())
    except smtplib.SMTPDataError as error:
        code, reply = error.smtp_code, error.smtp_error
    except (smtplib.SMTPException, OSError) as error:
        raise UncertainDelivery(
            f"{mail.host} broke off while it took the message{_said(error)}; ask the reader "
            "whether it came, and use `winloss resend` if not."
        ) from error
    if code != _TAKEN:
        raise DeliveryError(
            f"{mail.host} refuses the message ({code} {_brief(reply)}); ask its administrator. "
            "Nothing was sent."
        )


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f" ({error.smtp_code} {_brief(error.smtp_error)})"
    return f" ({_brief(str(error) or type(error).__name__)})"


def _brief(reply: bytes | str) -> str:
    text = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    return one_line(text)[:200]


def write_outbox(message: EmailMessage, html: str, folder: Path) -> Path:
    """Write the mail as `.eml`, exactly as a server would get it, and its HTML beside it.

    Returns the `.eml`, which comes last: where it stands, both are whole. Raises
    DeliveryError when the folder cannot be written.
    """
    path = folder / f"{_file_name(message)}.eml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files.write(path.with_name(path.stem + ".html"), _sound(html).encode())
        files.write(path, message.as_bytes())
    except OSError as error:
        raise DeliveryError(
            f"{path} could not be written ({error.strerror}); check the folder, then run again."
        ) from error
    return path


def _file_name(message: EmailMessage) -> str:
    """The edition and the reader for people, a part of the Message-ID to tell twins apart."""
    reader = message["To"].addresses[0].addr_spec
    readable = _UNSAFE_IN_NAMES.sub("_", f"{message[_EDITION]}.{reader}")[:150]
    return f"{readable}.{message['Message-ID'][1:9]}"


def deliver_edition(
    messages: Mapping[str, EmailMessage],
    *,
    claim: Callable[[str], bool],
    record: Callable[[str, Outcome, str], None],
    send: Callable[[EmailMessage], object],
) -> tuple[str, ...]:
    """Send each reader's message at most once; returns the readers sent to now.

    `claim(reader)` comes before sending and says False where the edition was claimed or sent
    before; `record(reader, outcome, detail)` comes after. `failed` means certainly not sent,
    so the claim may be given again; a claim without an outcome, and `unknown`, may not. One
    reader's failure does not stop the others; DeliveryError names them all at the end.
    """
    sent, troubles = [], []
    for reader, message in messages.items():
        if not claim(reader):
            continue
        error = _attempt(message, send)
        record(reader, _outcome(error), str(error or ""))
        if error is None:
            sent.append(reader)
        else:
            troubles.append((reader, error))
    if troubles:
        listed = " ".join(f"{reader}: {_outcome(error)}: {error}" for reader, error in troubles)
        raise DeliveryError(
            f"{len(troubles)} of {len(messages)} readers did not surely get the edition. {listed}"
        ) from troubles[0][1]
    return tuple(sent)


def _attempt(message: EmailMessage, send: Callable[[EmailMessage], object]) -> DeliveryError | None:
    try:
        send(message)
    except DeliveryError as error:
        return error
    return None


def _outcome(error: DeliveryError | None) -> Outcome:
    if error is None:
        return "sent"
    return "unknown" if isinstance(error, UncertainDelivery) else "failed"
