"""What an EVENT trigger may wait for."""
