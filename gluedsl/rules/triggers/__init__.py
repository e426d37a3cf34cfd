"""What a trigger may be."""
