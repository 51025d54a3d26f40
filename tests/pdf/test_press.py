"""A page set in type by a copy of the process is the page that this process sets."""

import subprocess
import sys

import pytest

SCRIPT = """
import hashlib, os, signal, sys
from accord.errors import AccordError
from accord.pdf import pdfa, press
os.sched_getaffinity = lambda _process: {0, 1}
PAGE = '<html lang="en"><head><title>T</title></head><body><p>%s</p></body></html>'
def render(text):
    try:
        return hashlib.sha256(press.render(PAGE % text, [], pdfa.finish, ("p { color: #333 }",))).hexdigest()
    except AccordError as error:
        return str(error)
with press.ahead():
    press.expect(PAGE % "One", [], pdfa.finish, ("p { color: #333 }",))
    print(render("One"), render("Two"), "weasyprint" in sys.modules)
    press.expect(PAGE % "Three", [], pdfa.finish, ("p { color: #333 }",))
    print(render("One"), render("Two"), "weasyprint" in sys.modules)
with press.ahead():
    print(render("One"), render("Two"), "weasyprint" in sys.modules)
    os.kill(press._press.get().pid, signal.SIGKILL)
    print(render("One"), render("Two"), "weasyprint" in sys.modules)
with press.ahead():
    print(render('<img src="https://example.com/logo.png" alt="">'))
print(render("One"), render("Two"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
def test_a_copy_sets_the_same_page_and_is_not_missed_where_it_sets_none() -> None:
    """The bytes are those of this process, where the copy lives, where it was killed, and where there is none."""
    ran = subprocess.run([sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True)
    *foreseen, ahead, killed, refused, alone = ran.stdout.splitlines()
    assert ahead == f"{alone} False"
    assert foreseen == [ahead, ahead]
    assert killed == f"{alone} True"
    assert refused.startswith("The logo refers to https://example.com/logo.png")
