"""What a pull and a sweep read: forms side by side, with progress, kept as sent."""
