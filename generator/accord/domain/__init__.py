"""House and deal: frozen, typed and documented."""
