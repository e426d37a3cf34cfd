"""What follows from how triggers, jobs and crawlers hang together."""
