"""A CDK application with the first example: composition only."""
