"""Two letters held against each other."""
