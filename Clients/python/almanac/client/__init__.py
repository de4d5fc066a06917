"""The client: enrolment, connections, pulls, and what a context keeps on disk."""
