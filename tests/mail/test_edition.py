"""Delivering an edition: each reader at most once, and one failure stops nobody else."""

from functools import partial

import pytest

from winloss.errors import DeliveryError
from winloss.mail import deliver, deliver_edition

ADA, NOBODY, GRACE = "ada@harbourline.example", "nobody@example.com", "grace@harbourline.example"


class Ledger:
    """Claims and outcomes, as the warehouse keeps them: a failed claim may be given again."""

    def __init__(self):
        self.outcomes = {}
        self.details = {}

    def claim(self, reader):
        if self.outcomes.get(reader, "failed") != "failed":
            return False
        self.outcomes[reader] = "claimed"
        return True

    def record(self, reader, outcome, detail):
        assert self.outcomes[reader] == "claimed"
        self.outcomes[reader] = outcome
        self.details[reader] = detail


@pytest.fixture
def ledger():
    return Ledger()


@pytest.fixture
def send_all(ledger, write):
    """Deliver the edition to readers through a post, with the ledger's claims."""

    def run(post, *readers):
        return deliver_edition(
            {reader: write(reader) for reader in readers},
            claim=ledger.claim,
            record=ledger.record,
            send=partial(deliver, mail=post.mail, password=post.password),
        )

    return run


def test_twice_is_once(serve, send_all, ledger):
    """A second run sends nothing and raises nothing."""
    post = serve()

    first, second = send_all(post, ADA, GRACE), send_all(post, ADA, GRACE)

    assert (first, second) == ((ADA, GRACE), ())
    assert post.box.readers == [ADA, GRACE]
    assert ledger.outcomes == {ADA: "sent", GRACE: "sent"}


def test_one_fails(serve, send_all, ledger):
    """The others get theirs; the error names who did not, and a rerun tries only them."""
    post = serve()

    with pytest.raises(DeliveryError, match=r"1 of 3 .*nobody@example\.com: failed"):
        send_all(post, ADA, NOBODY, GRACE)
    post.box.refused = ""
    again = send_all(post, ADA, NOBODY, GRACE)

    assert again == (NOBODY,)
    assert post.box.readers == [ADA, GRACE, NOBODY]
    assert ledger.outcomes == dict.fromkeys((ADA, NOBODY, GRACE), "sent")


def test_unknown_stays(serve, send_all, ledger):
    """Where the server vanished with the mail, no rerun sends it again."""
    post = serve()
    post.box.drops = True

    with pytest.raises(DeliveryError, match=f"{ADA}: unknown"):
        send_all(post, ADA)
    post.box.drops = False
    again = send_all(post, ADA)

    assert again == ()
    assert ledger.outcomes == {ADA: "unknown"}
    assert "winloss resend" in ledger.details[ADA]
    assert len(post.box.mails) == 1


def test_killed(serve, write, send_all, ledger):
    """A process killed between sending and recording leaves a claim that no rerun takes."""
    post = serve()

    def killed(message):
        deliver(message, post.mail, post.password)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver_edition({ADA: write(ADA)}, claim=ledger.claim, record=ledger.record, send=killed)
    again = send_all(post, ADA, GRACE)

    assert again == (GRACE,)
    assert ledger.outcomes == {ADA: "claimed", GRACE: "sent"}
    assert post.box.readers == [ADA, GRACE]


def test_nobody_reads(serve, send_all):
    """An edition without readers is sent to nobody."""
    post = serve()

    assert send_all(post) == ()
    assert post.box.mails == []
