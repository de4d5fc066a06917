"""Tools that make golden vectors."""
