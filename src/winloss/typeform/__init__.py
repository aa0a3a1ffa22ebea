"""Typeform: reading responses, forms as code, and a loopback twin."""

from winloss.typeform.client import RESPONSE_TYPES, Client, ResponseType
from winloss.typeform.definition import definition
from winloss.typeform.forms import kinds, questions
from winloss.typeform.pulling import Missing, Pulled, Pulls, pull
from winloss.typeform.sandbox import Sandbox, serve
from winloss.typeform.signing import is_valid, sign

__all__ = [
    "RESPONSE_TYPES",
    "Client",
    "Missing",
    "Pulled",
    "Pulls",
    "ResponseType",
    "Sandbox",
    "definition",
    "is_valid",
    "kinds",
    "pull",
    "questions",
    "serve",
    "sign",
]
