"""What campaigns share."""

from collections.abc import Callable

Tried = Callable[[str, str], None]
"""Counts one case: what was tried, and what came of it (see campaigns/conftest.py)."""
