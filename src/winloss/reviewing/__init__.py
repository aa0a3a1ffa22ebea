"""People and the coder: sheets to look over, and what people said of them."""
