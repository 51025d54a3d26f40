"""`accord verify`: whether anyone has touched a letter, and whose words it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from accord import isolation
from accord.cli import options, signers
from accord.errors import AccordError, Refusals
from accord.i18n import _
from accord.services.read_pdf import read_pdf
from accord.text.characters import harmless, path_name
from accord.verify import told
from accord.verify.signed import Signed
from accord.verify.verdict import Verdict, Verdicts, verdict_on

COLOURS = {
    "authentic": "green",
    "intact": "green",
    "repackaged": "green",
    "altered": "red",
    "foreign": "yellow",
}


@options.command(
    "verify",
    _(
        "Compose each letter again from the data inside its PDF, and compare."
        " authentic: the same bytes. intact: other bytes, but each page shows exactly the same and nothing else"
        " is in the file (it was signed, or saved again), except for what no viewer shows: versions that a later"
        " save replaced, and objects to which nothing leads. intact, repackaged: a signing service or another program"
        " took out or added what is listed, but each page of the letter draws what it did. altered: what differs is"
        " listed."
        " foreign: not a letter of Accord. If a company file is found, each clause is traced to the library or"
        " to that company.\n\n"
        "This proves that the page says what the data in the same file says. It does not prove who made the"
        " file: for that, ask the sender for their own copy, or read who signed it. Each signature is told: whose"
        " it is, when it was made and by which clock, what it covers, and whether to trust it (--trust)."
    ),
    _("""Examples:
  accord verify letter.pdf
  accord verify returned/*.pdf -q
  accord verify returned/*.pdf --json
  accord verify returned.pdf --signed-by-both --trusted --trust authorities/

Exit codes: 0 all are authentic or intact, in words that are vouched for, and signed as asked; 1 one is
altered or foreign, has words of its own (see --strict), is not signed so, or was repackaged with something
added that is to be read; 2 one cannot be read."""),
)
@click.argument("letters", metavar="PDF...", nargs=-1, required=True, type=options.PATH)
@options.as_json
@click.option("-q", "--quiet", is_flag=True, help=_("One line per file: its verdict, nothing else."))
@click.option(
    "--strict",
    is_flag=True,
    help=_(
        "Exit 1 too unless the company has approved every clause; without it, only for words that are neither"
        " the library's nor the company's, or, where the company has approvals, that it has not approved."
    ),
)
@click.option(
    "--signed-by-both", is_flag=True, help=_("Exit 1 too unless both parties have signed, each in its field.")
)
@click.option(
    "--trusted", is_flag=True, help=_("Exit 1 too unless it is signed, and each signature is trusted.")
)
@signers.trusting
@options.house
@click.pass_context
def command(  # noqa: PLR0913 - one argument per option
    context: click.Context,
    letters: tuple[Path, ...],
    house: Path | None,
    *,
    as_json: bool,
    quiet: bool,
    strict: bool,
    trust: tuple[Path, ...],
    trust_list: tuple[Path, ...],
    online: bool,
    signed_by_both: bool,
    trusted: bool,
) -> None:
    """Print one verdict per file as it is reached; the files that cannot be read come last."""
    verdicts: list[Verdict] = []
    refusals: list[AccordError] = []
    asked = _Asked(signed_by_both, trusted)
    with isolation.Process(signers.limits(online=online)) as process:
        whom = signers.trust_of(trust, trust_list, process, online=online)
        for letter in letters:
            try:
                verdict = verdict_on(read_pdf(letter), path_name(letter), house, process, letter, trust=whom)
            except AccordError as error:  # one bad file must not hide the verdicts on the others
                refusals.append(error)
                continue
            verdicts.append(verdict)
            if not as_json:
                _print(verdict, quiet=quiet, strict=strict, lacking=asked.lacking(verdict.signatures))
    if as_json:
        options.print_json(Verdicts(tuple(verdicts)))
    if refusals:
        raise Refusals(refusals)
    if any(
        verdict.answer in {"altered", "foreign"}
        or verdict.added
        or told.deviates(verdict, strict=strict)
        or asked.lacking(verdict.signatures)
        for verdict in verdicts
    ):
        context.exit(1)


@dataclass(frozen=True)
class _Asked:
    """What is asked of signatures."""

    by_both: bool
    trusted: bool

    def lacking(self, found: Sequence[Signed]) -> str:
        """What of it the signatures of a letter do not show, "" if they show it."""
        holding = [each for each in found if each.is_signature]
        if self.by_both and not {each.field for each in holding} >= {"supplier", "prospect"}:
            return _("not signed by both")
        if self.trusted and not holding:
            return _("not signed")
        if self.trusted and not all(each.trust == "trusted" for each in holding):
            return _("a signature is not trusted")
        return ""


def _print(verdict: Verdict, *, quiet: bool, strict: bool, lacking: str) -> None:
    """The verdict on one line, with why its words or signatures are no clean answer; unless `quiet`, the rest below it."""
    answer = click.style(told.answers()[verdict.answer], fg=COLOURS[verdict.answer], bold=True)
    doubts = filter(None, (told.more(verdict), told.doubt(verdict, strict=strict), lacking))
    between = _("; ")
    marked = "".join(between + click.style(doubt, fg="yellow", bold=True) for doubt in doubts)
    judge = told.judge(verdict)
    judged = f" ({harmless(judge)})" if judge and quiet else ""
    click.echo(f"{verdict.file}: {answer}{marked}{judged}")
    if quiet:
        return
    if title := told.title(verdict):
        click.echo(f"  {title}")
    for difference in verdict.differences:
        click.echo(harmless(f"  - {difference}"))
    for line in (*told.changes(verdict), *told.words_of(verdict), judge, *verdict.notes):
        if line:
            click.echo(harmless(f"  {line}"))
    for line in signers.all_in_words(verdict.signatures):
        click.echo(f"  {line}")
