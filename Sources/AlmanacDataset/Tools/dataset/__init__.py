"""How the inputs become the collections of the starter package; a module a concept."""
