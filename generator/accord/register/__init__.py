"""The register of the house's final letters: what was issued, and what has happened to each since, in a database."""
