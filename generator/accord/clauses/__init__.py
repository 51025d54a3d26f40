"""The clause library: its files, its conditions, and what the house has approved."""
