"""Typeform: reading responses, forms as code, and a loopback twin."""
