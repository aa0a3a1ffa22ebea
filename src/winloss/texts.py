"""Codes the texts of a file: what an analyst uses for any words of their own."""
