"""What a trigger may start, and with what."""
