"""Many deals: where they come from, one letter a row, and the report."""
