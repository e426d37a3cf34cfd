"""What a workflow itself may be."""
