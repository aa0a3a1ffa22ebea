"""The extra `semantic`: a small local sentence model; nothing is downloaded."""
