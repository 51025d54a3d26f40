"""The house and the deals of the samples, other deals beside them, and how tests compose them."""

import functools

from accord.clauses.library import Library
from accord.intake import loader
from accord.letter import composer
from support.paths import SAMPLES, TESTS

HOUSE = loader.read_house(SAMPLES / "accord.toml")
STEMS = sorted(path.stem for path in SAMPLES.glob("*.toml") if path.name != "accord.toml")
SITUATIONS = [*(SAMPLES / f"{stem}.toml" for stem in STEMS), *sorted((TESTS / "deals").glob("*.toml"))]

LIBRARY = Library()
compose = functools.partial(composer.compose, library=LIBRARY)
"""The letter that answers a deal; the clauses are read once for all tests."""
