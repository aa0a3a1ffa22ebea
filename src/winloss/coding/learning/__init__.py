"""The second layer: what people's codings teach, over rules, words and a sentence model."""
