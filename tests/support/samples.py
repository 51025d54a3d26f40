"""The sample letters' house and deals, and others that several tests compose."""

from accord.intake import loader
from support.paths import SAMPLES, TESTS

HOUSE = loader.read_house(SAMPLES / "accord.toml")
STEMS = sorted(path.stem for path in SAMPLES.glob("*.toml") if path.name != "accord.toml")
SITUATIONS = [*(SAMPLES / f"{stem}.toml" for stem in STEMS), *sorted((TESTS / "deals").glob("*.toml"))]
