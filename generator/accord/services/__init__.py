"""What the program does for its users: open letters, make them, render them; the current date is an argument."""
