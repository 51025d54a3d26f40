"""What the program does for its users: opening letters, making them, writing them out.

Each is done here once, whichever way in its user takes.  The current date is an argument.
"""
