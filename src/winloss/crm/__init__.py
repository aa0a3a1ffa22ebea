"""What our own systems say: decisions, accounts, check-ins, promises, invitations."""

from winloss.crm.reading import CrmRead, read
from winloss.crm.shape import key_of

__all__ = ["CrmRead", "key_of", "read"]
