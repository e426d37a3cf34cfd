"""What a crawler may be."""
