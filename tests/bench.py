"""What a cold start costs, against the least that could be done: `make bench`.

Each pair of commands is run in turn, so that whatever else the machine does
weighs on both alike; the first run of each only warms the disk cache.
"""

import importlib.metadata
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROUNDS = 11
SAMPLES = Path(__file__).parent.parent / "generator" / "samples"
DEAL = SAMPLES / "01-fr-abonnement.toml"
HOUSE = SAMPLES / "accord.toml"
ACCORD = (sys.executable, "-m", "generator")
BARE_RENDER = "import sys, weasyprint; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])"
PACKAGES = ("accord", "weasyprint", "click", "pydantic")

Command = Sequence[str | Path]


def seconds(command: Command) -> float:
    """How long a whole process takes, start and exit included."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def race(ours: Command, bare: Command) -> list[tuple[float, float]]:
    """The seconds of both commands, round by round."""
    return [(seconds(ours), seconds(bare)) for _round in range(ROUNDS + 1)][1:]


def row(title: str, ours: Command, bare: Command) -> str:
    """One line of the table: medians, and the median of the ratios of each round."""
    rounds = race(ours, bare)
    own, other = (statistics.median(column) * 1000 for column in zip(*rounds, strict=True))
    ratio = statistics.median(mine / theirs for mine, theirs in rounds)
    return f"| {title} | {own:.0f} ms | {other:.0f} ms | {ratio:.2f} |"


def main() -> None:
    """Print the table, with what it was measured on."""
    os.environ["ACCORD_LANG"] = "en"
    with tempfile.TemporaryDirectory() as folder:
        html, pdf = Path(folder, "letter.html"), Path(folder, "bare.pdf")
        render = (*ACCORD, "render", DEAL, "--house", HOUSE, "--date", "2026-11-23", "--force", "--out")
        subprocess.run((*render, html, "--format", "html"), check=True, capture_output=True)
        print("| cold start | accord | bare | ratio |")
        print("|---|---:|---:|---:|")
        bare_render = (sys.executable, "-c", BARE_RENDER, html, pdf)
        print(row("an agreement / WeasyPrint, same HTML", (*render, Path(folder, "letter.pdf")), bare_render))
        bare_click = (sys.executable, "-c", "import click")
        print(row("--help / import click", (*ACCORD, "--help"), bare_click))
        print("\n| the legal desk | one file | accord render | ratio |")
        print("|---|---:|---:|---:|")
        letter, saved, other = (Path(folder, name) for name in ("letter.pdf", "saved.pdf", "other.pdf"))
        subprocess.run((*render, other, "--set", "decision.quantity=52"), check=True, capture_output=True)
        subprocess.run(("qpdf", "--linearize", letter, saved), check=True, capture_output=True)
        again = (*render, Path(folder, "again.pdf"))
        for title, arguments in {
            "review": ("review", letter),
            "verify, authentic": ("verify", letter),
            "verify, saved again by another tool": ("verify", saved),
            "diff": ("diff", letter, other),
        }.items():
            print(row(title, (*ACCORD, *arguments, "--house", HOUSE), again))
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    print(f"\nMedians of {ROUNDS} rounds; Python {platform.python_version()}, {versions};")
    print(f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}.")


if __name__ == "__main__":
    main()
