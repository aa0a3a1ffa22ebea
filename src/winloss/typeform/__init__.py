"""Typeform: reading responses, forms as code, and a loopback twin."""

from winloss.typeform.api.client import RESPONSE_TYPES, Client, ResponseType
from winloss.typeform.links.signing import is_valid, sign
from winloss.typeform.reading.pulling import Missing, Pulled, Pulls, Short, pull
from winloss.typeform.sandbox import Sandbox, serve
from winloss.typeform.surveys.definition import definition
from winloss.typeform.surveys.forms import kinds, questions

__all__ = [
    "RESPONSE_TYPES",
    "Client",
    "Missing",
    "Pulled",
    "Pulls",
    "ResponseType",
    "Sandbox",
    "Short",
    "definition",
    "is_valid",
    "kinds",
    "pull",
    "questions",
    "serve",
    "sign",
]
