"""What tags may be."""
