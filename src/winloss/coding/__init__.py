"""From a customer's words to reasons, each with the span that shows it."""
