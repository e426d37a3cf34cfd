"""What jobs may be given as arguments."""
