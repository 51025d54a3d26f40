"""axe-core, which holds a page against WCAG: fetched by `make axe`, run in the page where a policy stops its script tag."""

import functools

import pytest
from playwright.sync_api import Page

from support.paths import ROOT

SCRIPT = ROOT / ".cache/axe/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@functools.cache
def _script() -> str:
    if not SCRIPT.exists():
        pytest.skip("npm did not give axe-core: make axe")
    return SCRIPT.read_text("utf-8")


def violations(page: Page) -> list[str]:
    """What is wrong with a page: the rule, and the elements that break it."""
    page.evaluate(_script())  # what the debugger evaluates, no policy of the page stops
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], iframes: false})",
        RULES,
    )
    return [
        f"{each['id']}: {each['help']}: {node['html'][:120]} ({node['failureSummary'][:300]})"
        for each in found["violations"]
        for node in each["nodes"]
    ]
