"""A PDF held against what its data composes."""
