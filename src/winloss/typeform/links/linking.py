"""Personal survey links: the hidden fields of an invitation, signed, in the link's fragment.

Typeform reads hidden fields from the query or from the fragment. The fragment it is: a browser
sends it to no server, so ids reach neither logs nor `metadata.referer`, which repeats the query
(Typeform's own embed library does the same, github.com/Typeform/embed/issues/260).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from winloss.errors import FormError
from winloss.typeform.links.signing import sign

BASE = "https://form.typeform.com/to/"

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_FORM_ID = re.compile(r"[A-Za-z0-9_-]+")


def link(form_id: str, hidden: Mapping[str, str], key: bytes | None, base: str = BASE) -> str:
    """The link that carries these hidden fields, signed unless `key` is None; empty ones left out.

    Raises FormError for an id that cannot stand in a link, a value that cannot be signed, and a
    `respondent` that is an e-mail address: links are forwarded, and ids must say nothing.
    """
    if not _FORM_ID.fullmatch(form_id):
        raise FormError(f"{form_id!r} is no form id; it is the last part of the form's address.")
    if _ADDRESS.search(hidden.get("respondent", "")):
        raise FormError("respondent is an e-mail address; a link carries an opaque id instead.")
    if key is not None and not key:
        raise FormError("There is no key to sign links with; set WINLOSS_SIGNING_KEY.")
    sent = {name: value for name, value in hidden.items() if value and name != "sig"}
    signed = sent if key is None else {**sent, "sig": sign(key, sent)}
    fields = (f"{quote(name, safe='')}={quote(text, safe='')}" for name, text in signed.items())
    return f"{base.rstrip('/')}/{form_id}#{'&'.join(fields)}"


def chosen_block(invitation_id: str, blocks: Sequence[str]) -> str:
    """The rotating block of an invitation: always the same one, each about equally often.

    The rule: of all its blocks, the one whose name, hashed together with the invitation, comes
    out highest. So a block that is added takes its share from all others, and moves nobody else.
    Empty where no block rotates.
    """
    return max(blocks, key=lambda name: _weight(invitation_id, name), default="")


def _weight(invitation_id: str, name: str) -> bytes:
    return hashlib.sha256(f"{len(invitation_id)}|{invitation_id}|{name}".encode()).digest()
