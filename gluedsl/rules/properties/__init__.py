"""What run properties are read and written."""
