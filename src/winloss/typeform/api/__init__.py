"""Typeform's HTTP API: one account, one pace, every answer judged in one place."""
