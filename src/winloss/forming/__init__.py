"""Compares the programme's forms at Typeform with the forms as code, and publishes them."""

from winloss.forming.checking import check
from winloss.forming.publishing import push
from winloss.forming.targets import Wanted

__all__ = ["Wanted", "check", "push"]
