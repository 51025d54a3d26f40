"""A deal with annexes, in a folder of its own."""

from pathlib import Path

from accord.domain.deal import Deal
from accord.domain.house import HouseFile
from accord.intake import loader
from support.inputs import TODAY
from support.paths import SAMPLES

FRENCH, ENGLISH, INTENT = "01-fr-abonnement", "05-en-purchase-england", "06-en-intent-england"
# The second looks like an archive at its end, the third like the PDF of another letter, and neither can be packed.
NOISE = bytes(number * number % 251 for number in range(3000)) * 3
SPECIFICATION = b"1. The export has eighteen columns.\n"
SHEET = b"PK\3\4" + NOISE + b"PK\5\6" + NOISE
DRAWING = b"%PDF-1.7\n<< /Filter /LZWDecode >>\nstream\n" + NOISE + b"\nendstream\n%%EOF\n"
TERMS = b"CGV : le prix est ferme.\n"
ANNEXES = """
[[annex]]
title = "Specification"
file = "specs/specification.txt"
date = 2026-11-12

[[annex]]
title = "Test plan"
file = "plan d’essais.xlsx"

[[annex]]
title = "Drawing"
file = "drawing.pdf"
"""


def write(folder: Path, stem: str, annexes: str = ANNEXES) -> Path:
    """The deal file of a sample with `annexes`, the house and its general terms, all in `folder`."""
    (folder / "specs").mkdir(exist_ok=True)
    (folder / "specs" / "specification.txt").write_bytes(SPECIFICATION)
    (folder / "plan d’essais.xlsx").write_bytes(SHEET)
    (folder / "drawing.pdf").write_bytes(DRAWING)
    (folder / "cgv.txt").write_bytes(TERMS)
    (folder / "logo.svg").write_bytes((SAMPLES / "logo.svg").read_bytes())
    house = (SAMPLES / "accord.toml").read_text("utf-8")
    changed = house.replace("general_terms =", 'general_terms_file = "cgv.txt"\ngeneral_terms =')
    (folder / "accord.toml").write_text(changed, "utf-8")
    deal = folder / f"{stem}.toml"
    deal.write_text((SAMPLES / f"{stem}.toml").read_text("utf-8") + annexes, "utf-8")
    return deal


def read(folder: Path, stem: str, annexes: str = ANNEXES) -> tuple[Deal, HouseFile]:
    path = write(folder, stem, annexes)
    home = loader.read_house(folder / "accord.toml")
    return loader.read_deal(path, home.house, today=TODAY), home
