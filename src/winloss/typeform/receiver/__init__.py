"""Typeform's webhooks: signed, bounded, landed before they are acknowledged."""
