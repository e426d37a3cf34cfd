"""What gluedsl itself could not do."""
