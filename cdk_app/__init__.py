"""A CDK application with the first two examples: composition only."""
