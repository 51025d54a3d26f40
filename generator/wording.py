"""Dates, money, names and typography as a native printer would set them (floor 2)."""
