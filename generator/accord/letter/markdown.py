"""A letter as Markdown, for readers of plain text and for golden tests."""

from collections.abc import Iterator, Sequence

from accord.letter.blocks import to_markdown
from accord.letter.letter import Letter
from accord.text import markup


def render(letter: Letter) -> str:
    """The whole letter, its values printed literally."""
    return "\n\n".join(_blocks(letter)) + "\n"


def _blocks(letter: Letter) -> Iterator[str]:
    def block(lines: Sequence[str]) -> str:
        return "  \n".join(map(markup.markdown, lines))

    if not letter.final:
        yield f"*{letter.labels['layout']['draft']}*"
    yield block(letter.sender)
    yield block(letter.addressee)
    yield markup.markdown(letter.place_and_date)
    yield f"{letter.labels['layout']['our_reference']} {markup.markdown(letter.reference)}"
    yield f"**{letter.labels['layout']['subject']} {markup.markdown(letter.subject)}**"
    yield f"# {markup.markdown(letter.title)}"
    yield markup.markdown(letter.salutation)
    yield from (to_markdown(passage.blocks) for passage in letter.opening)
    for term in letter.key_terms:
        yield f"- **{term.label}** {' · '.join(map(markup.markdown, term.lines))}"
    for article in letter.articles:
        yield f"## {article.number}. {article.title}"
        yield to_markdown(article.blocks)
    yield from (to_markdown(passage.blocks) for passage in letter.closing)
    for enclosure in letter.enclosures:
        yield f"{letter.labels['layout']['enclosure']} {markup.markdown(enclosure)}"
    for signatory in letter.signatories:
        yield block(
            [
                part
                for part in (
                    signatory.heading,
                    signatory.party,
                    signatory.name,
                    signatory.title,
                    signatory.consent,
                )
                if part
            ]
        )
    yield markup.markdown(letter.mentions)
