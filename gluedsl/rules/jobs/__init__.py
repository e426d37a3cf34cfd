"""What a job may be."""
