"""A letter as Markdown, for readers of plain text and for golden tests."""

from collections.abc import Iterable, Iterator

from accord.letter.blocks import to_markdown
from accord.letter.letter import Letter
from accord.text import markup


def render(letter: Letter) -> str:
    """The whole letter, its values printed literally."""
    return "\n\n".join(_blocks(letter)) + "\n"


def _blocks(letter: Letter) -> Iterator[str]:
    layout = letter.labels["layout"]
    if not letter.final:
        yield f"*{layout['draft']}*"
    yield _lines(letter.sender)
    yield _lines(letter.addressee)
    yield markup.markdown(letter.place_and_date)
    version = f" · {layout['version']} {letter.version}" if letter.version else ""
    yield f"{layout['our_reference']} {markup.markdown(letter.reference)}{version}"
    yield f"**{layout['subject']} {markup.markdown(letter.subject)}**"
    if letter.articles:  # as on the page, whose subject says enough without them
        yield f"# {markup.markdown(letter.title)}"
    if letter.subtitle:
        yield f"**{markup.markdown(letter.subtitle)}**"
    yield markup.markdown(letter.salutation)
    yield from (to_markdown(passage.blocks) for passage in letter.opening)
    if letter.key_terms:
        yield f"**{markup.markdown(letter.heading)}**"
    for term in letter.key_terms:
        yield f"- **{term.label}** {' · '.join(map(markup.markdown, term.lines))}"
    for article in letter.articles:
        yield f"## {article.number}. {article.title}"
        yield to_markdown(article.blocks)
    yield from (to_markdown(passage.blocks) for passage in letter.closing)
    for signed in letter.signatories:
        yield _lines(filter(None, (signed.heading, signed.party, signed.by, signed.title, signed.consent)))
    for enclosure in letter.enclosures:
        yield f"{layout['enclosure']} {markup.markdown(enclosure)}"
    yield markup.markdown(letter.mentions)


def _lines(lines: Iterable[str]) -> str:
    return "  \n".join(map(markup.markdown, lines))
