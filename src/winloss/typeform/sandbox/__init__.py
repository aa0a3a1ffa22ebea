"""A loopback Typeform: its APIs over real HTTP, from a folder, well behaved or not."""

from winloss.typeform.sandbox.serving import Sandbox, serve

__all__ = ["Sandbox", "serve"]
