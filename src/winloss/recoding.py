"""Codes every word anew, in batches that a kill loses nothing of."""
