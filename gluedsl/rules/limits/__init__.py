"""What the API's own model says of values, and what all rules about that share."""
