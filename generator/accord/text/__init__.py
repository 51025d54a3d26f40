"""Languages, numbers, money, typography and characters."""
