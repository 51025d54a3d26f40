"""Accord: from a prospect's feature request to a conditional agreement, or to a polite no."""
