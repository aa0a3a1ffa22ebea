"""What our own systems say: decisions, accounts, check-ins, promises, invitations."""

from winloss.crm.money import Unrated, unrated
from winloss.crm.reading import CrmRead, EntityRead, Unusable, checked, read
from winloss.crm.shape import key_of

__all__ = [
    "CrmRead",
    "EntityRead",
    "Unrated",
    "Unusable",
    "checked",
    "key_of",
    "read",
    "unrated",
]
