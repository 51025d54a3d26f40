"""Where the checkout keeps what tests read."""

from pathlib import Path

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
SOURCE = ROOT / "generator"
PACKAGE = SOURCE / "accord"
SAMPLES = PACKAGE / "samples"
SHEETS = TESTS / "sheets"
