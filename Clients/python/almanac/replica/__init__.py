"""The local copy: a SQLite file with the authority's state, its tables made from the schema that travels in `reference`."""
