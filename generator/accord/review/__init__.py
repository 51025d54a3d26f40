"""A letter read as legal would read it: findings, and the sheet that tells them."""
