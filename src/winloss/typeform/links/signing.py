"""The signature that ties a response to the invitation we sent."""

import hashlib
import hmac
import re
from collections.abc import Mapping

from winloss.errors import FormError

SIGNED = ("form_kind", "account_id", "decision_id", "block", "respondent")

_SLIDING = re.compile(r"[|\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What could let a value pass for two, or cannot travel in a link unchanged."""


def sign(key: bytes, hidden: Mapping[str, str]) -> str:
    """HMAC-SHA256, in hex, over the signed hidden fields joined with `|`.

    A field that is absent counts as empty, since Typeform leaves unsent fields out.
    Raises FormError for a field with `|` or a control character in it: its end could slide
    into the next field, and the signature would hold for both.
    """
    for name in SIGNED:
        if _SLIDING.search(hidden.get(name, "")):
            raise FormError(
                f"The hidden field {name} holds a | or a control character and cannot be signed; "
                "use another id."
            )
    return _digest(key, hidden)


def is_valid(key: bytes, hidden: Mapping[str, str]) -> bool:
    """Whether `sig` among the hidden fields was made with this key, in constant time.

    Without a key nothing is valid: an unset key must not make everybody's guess right.
    """
    given = hidden.get("sig", "").encode("utf-8", "surrogatepass")
    is_ours = hmac.compare_digest(_digest(key, hidden).encode(), given)
    may_slide = any(_SLIDING.search(hidden.get(name, "")) for name in SIGNED)
    return bool(key) and is_ours and not may_slide


def _digest(key: bytes, hidden: Mapping[str, str]) -> str:
    message = "|".join(hidden.get(name, "") for name in SIGNED)
    return hmac.new(key, message.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
