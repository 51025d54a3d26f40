"""A deal and a house made into a letter."""
