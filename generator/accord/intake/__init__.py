"""What comes in: files, flags and typed answers."""
