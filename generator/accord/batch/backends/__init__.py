"""What makes the letters of a batch."""
