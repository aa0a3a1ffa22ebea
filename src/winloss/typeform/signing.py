"""The signature that ties a response to the invitation we sent."""

import hashlib
import hmac
from collections.abc import Mapping

SIGNED = ("form_kind", "account_id", "decision_id", "block", "respondent")


def sign(key: bytes, hidden: Mapping[str, str]) -> str:
    """HMAC-SHA256, in hex, over the signed hidden fields joined with `|`.

    A field that is absent counts as empty, since Typeform leaves unsent fields out.
    """
    message = "|".join(hidden.get(name, "") for name in SIGNED)
    return hmac.new(key, message.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def is_valid(key: bytes, hidden: Mapping[str, str]) -> bool:
    """Whether `sig` among the hidden fields was made with this key, in constant time.

    Without a key nothing is valid: an unset key must not make everybody's guess right.
    """
    given = hidden.get("sig", "").encode("utf-8", "surrogatepass")
    return bool(key) and hmac.compare_digest(sign(key, hidden).encode(), given)
