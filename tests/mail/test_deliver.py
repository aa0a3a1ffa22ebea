"""Handing one mail to a server: what arrives, and how sure we are when it does not."""

import datetime as dt
import ssl
from email import message_from_bytes
from email.policy import default
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from winloss.errors import DeliveryError, UncertainDelivery
from winloss.mail import deliver, write_outbox

NO_TLS_WARNING = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture
def certificate(tmp_path):
    """A certificate for localhost that nobody trusts yet, and a server context with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName(
        [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    )
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=36500))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path, key_path = tmp_path / "localhost.pem", tmp_path / "localhost.key"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path, key_path)
    return path, context


def test_arrives(serve, write):
    """What the server takes is the mail, byte for byte, dots and quotes included."""
    post, mail = serve(), write(attachments=(("full.html", b"<p>"),))

    deliver(mail, post.mail, post.password)

    (taken,) = post.box.mails
    found = message_from_bytes(taken, policy=default)
    assert taken == mail.as_bytes()
    assert found["Subject"] == "“We’d have been on our own”: 3 of 4"
    assert post.box.readers == ["ada@harbourline.example"]


def test_eml_is_what_was_sent(serve, write, outbox):
    """The outbox holds the very bytes a server would have got."""
    post, mail = serve(), write()

    path = write_outbox(mail, "<p>“own”</p>", outbox)
    deliver(mail, post.mail, post.password)

    assert path.read_bytes() == post.box.mails[0]


@NO_TLS_WARNING
def test_password(serve, write, knows):
    """With the right password the mail goes out."""
    post = serve(user="harbour", authenticator=knows, auth_required=True, auth_require_tls=False)

    deliver(write(), post.mail, post.password)

    assert len(post.box.mails) == 1


@NO_TLS_WARNING
def test_wrong_password(serve, write, knows):
    """A wrong password names both settings, is certain, and is not repeated in the message."""
    post = serve(user="harbour", authenticator=knows, auth_required=True, auth_require_tls=False)

    with pytest.raises(DeliveryError, match="WINLOSS_SMTP_PASSWORD") as caught:
        deliver(write(), post.mail, SecretStr("hunter2"))

    assert not isinstance(caught.value, UncertainDelivery)
    assert "hunter2" not in str(caught.value)
    assert post.box.mails == []


@NO_TLS_WARNING
def test_no_password(serve, write, knows):
    """A server that wants a password and is given none refuses the sender."""
    post = serve(authenticator=knows, auth_required=True, auth_require_tls=False)

    with pytest.raises(DeliveryError, match=r"530.*Nothing was sent"):
        deliver(write(), post.mail, SecretStr(""))

    assert post.box.mails == []


def test_refused_reader(serve, write):
    """A reader the server does not know is named, and nothing is sent."""
    post = serve()

    with pytest.raises(DeliveryError, match=r"nobody@example\.com.*report\.readers") as caught:
        deliver(write("nobody@example.com"), post.mail, post.password)

    assert not isinstance(caught.value, UncertainDelivery)
    assert post.box.mails == []


def test_refused_message(serve, write):
    """A clear no after the message is a no: the server did not take it."""
    post = serve()
    post.box.answer = "554 looks like\r\n554 spam"

    with pytest.raises(DeliveryError, match=r"554 looks like.*Nothing was sent") as caught:
        deliver(write(), post.mail, post.password)

    assert not isinstance(caught.value, UncertainDelivery)
    assert "\n" not in str(caught.value)


def test_dropped(serve, write):
    """A server that vanishes after the message may have taken it: nobody knows."""
    post = serve()
    post.box.drops = True

    with pytest.raises(UncertainDelivery, match="winloss resend"):
        deliver(write(), post.mail, post.password)

    assert len(post.box.mails) == 1


def test_slow(serve, write):
    """A server that never answers the message leaves it unknown, after the time-out."""
    post = serve()
    post.box.waits = 1.0
    impatient = post.mail.model_copy(update={"timeout_seconds": 0.2})

    with pytest.raises(UncertainDelivery, match="timed out"):
        deliver(write(), impatient, post.password)


def test_nobody_there(serve, write):
    """Nothing listening is certain, and names host and port."""
    mail = serve().mail.model_copy(update={"port": 1})

    with pytest.raises(DeliveryError, match=r"localhost:1 .*mail\.port") as caught:
        deliver(write(), mail, SecretStr(""))

    assert not isinstance(caught.value, UncertainDelivery)


def test_no_starttls(serve, write):
    """A server without STARTTLS is not sent a password in the clear instead."""
    post = serve(security="starttls", user="harbour")

    with pytest.raises(DeliveryError, match=r"mail\.security"):
        deliver(write(), post.mail, post.password)

    assert post.box.mails == []


@pytest.mark.parametrize(
    ("security", "option"), [("starttls", "tls_context"), ("tls", "ssl_context")]
)
def test_encrypted(serve, write, certificate, monkeypatch, security, option):
    """Both kinds of encryption work with a certificate the machine trusts, and only then."""
    path, context = certificate
    post = serve(security=security, **{option: context})

    with pytest.raises(DeliveryError, match="certificate") as caught:
        deliver(write(), post.mail, post.password)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    deliver(write(), post.mail, post.password)

    assert not isinstance(caught.value, UncertainDelivery)
    assert len(post.box.mails) == 1
