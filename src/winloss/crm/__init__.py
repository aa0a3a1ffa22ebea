"""What our own systems say: decisions, accounts, check-ins, invitations."""
