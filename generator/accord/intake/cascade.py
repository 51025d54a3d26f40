"""What each element of an SVG drawing says of itself: its attributes, then the rules of style sheets, then its own style.

As the typesetting engine has it, so that a check sees what will be drawn.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list

from accord.intake.shown import link_of

Declarations = list[tuple[str, str]]
NOT_INHERITED = {
    *("clip-path", "opacity", "overflow", "transform", "transform-origin", "stop-color", "stop-opacity"),
    *("x", "y", "width", "height", "dx", "dy", "rotate", "href", "viewbox", "id", "style"),
}


class UnknownRule(Exception):
    """A rule of a style sheet that the engine does not read, at which it passes over all that follow."""


class Cascade:
    """The values of a drawing's properties, element by element."""

    def __init__(self, drawing: Element) -> None:
        """Raises `UnknownRule` with its text for a style sheet that the engine would not read to its end."""
        self.parents = {child: parent for parent in drawing.iter() for child in parent}
        # Of several with one id, the first counts, as in the engine.
        self.by_id = {element.get("id"): element for element in reversed(list(drawing.iter()))}
        matchers = Matcher(), Matcher()
        self.css: list[Declarations] = []
        sheets = [element for element in drawing.iter() if element.tag == "{http://www.w3.org/2000/svg}style"]
        for selectors, content in (rule for sheet in sheets for rule in _rules(sheet)):
            normal, important = (
                [
                    (each.lower_name, tinycss2.serialize(each.value).strip())
                    for each in content
                    if each.important == is_important
                ]
                for is_important in (False, True)
            )
            self.css.append(normal + important)
            for selector in selectors:
                if selector.pseudo_element is None and not selector.never_matches:
                    matchers[0].add_selector(selector, normal)
                    matchers[1].add_selector(selector, important)
        self._own: dict[Element, dict[str, str]] = {}
        for wrapper in ElementWrapper.from_xml_root(drawing).iter_subtree():
            element = wrapper.etree_element
            own = {name: value.strip() for name, value in declared(element)[: len(element.attrib)]}
            style = declarations(element.get("style", ""))
            matched = [[pair for match in each.match(wrapper) for pair in match[-1]] for each in matchers]
            own.update([*matched[0], *style, *matched[1]])
            self._own[element] = own
            if style:
                self.css.append(style)

    def own(self, element: Element) -> Mapping[str, str]:
        """What an element declares by itself or a rule for it."""
        return self._own[element]

    def value(self, element: Element, name: str, default: str, *users: Element) -> str:
        """The value of a property; an element drawn by `users` (<use>) inherits from the last of them."""
        place: Element | None = element
        way = list(users)
        while place is not None:
            found = self._own[place].get(name, "inherit")
            if found != "inherit":
                return found
            if name in NOT_INHERITED:
                return default
            is_used = bool(way) and place is self.by_id.get(link_of(way[-1]))
            place = way.pop() if is_used else self.parents.get(place)
        return default


def declared(element: Element) -> Declarations:
    """What an element says of itself, by its attributes and then by its own style."""
    attributes = [(name.lower(), value) for name, value in element.items() if name != "style"]
    return attributes + declarations(element.get("style", ""))


def declarations(css: object) -> Declarations:
    """What a text in CSS, or its tokens, declares."""
    return [
        (each.lower_name, tinycss2.serialize(each.value).strip())
        for each in tinycss2.parse_blocks_contents(css)
        if each.type == "declaration"
    ]


def _rules(sheet: Element) -> Iterator[tuple[Any, list[Any]]]:
    """The selectors and the declarations of each rule in a <style>."""
    if sheet.get("media", "all").strip() not in {"", "all"}:
        raise UnknownRule(f"media={sheet.get('media')}")
    if sheet.get("type", "text/css") != "text/css":
        if not sheet.get("type"):
            raise UnknownRule('type=""')
        return
    for rule in tinycss2.parse_stylesheet(
        "".join(sheet.itertext()), skip_comments=True, skip_whitespace=True
    ):
        if rule.type == "at-rule" and rule.lower_at_keyword not in {"charset", "namespace"}:
            raise UnknownRule(f"@{rule.at_keyword}")
        if rule.type != "qualified-rule":
            continue
        content = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        try:
            selectors = compile_selector_list(rule.prelude)
        except SelectorError:
            raise UnknownRule(tinycss2.serialize(rule.prelude).strip()) from None
        if nested := next((each for each in content if each.type not in {"declaration", "error"}), None):
            raise UnknownRule(tinycss2.serialize([nested]).strip())
        yield selectors, [each for each in content if each.type == "declaration"]
