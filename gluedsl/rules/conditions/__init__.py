"""What a trigger may wait for."""
