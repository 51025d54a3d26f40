"""A letter set in type and written as a PDF."""
