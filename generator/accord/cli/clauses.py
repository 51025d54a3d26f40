"""`accord clauses`: the clause library, read, checked and approved."""

from collections.abc import Iterable, Sequence
from itertools import chain, product
from pathlib import Path
from typing import get_args

import click
from click.core import ParameterSource

from accord.clauses import approvals
from accord.clauses.library import Clause, Library
from accord.clauses.report import Clauses, ListedClause, listed
from accord.cli import options
from accord.cli.terminal import COLOURS, verbatim
from accord.domain.choices import Kind, Language
from accord.domain.suggestions import closest
from accord.errors import AccordError, all_of
from accord.i18n import _, ngettext
from accord.intake import parsing
from accord.intake.loader import house_at_hand, open_house
from accord.review import clause_lint
from accord.review.clause_lint import Remark, Remarks
from accord.services import explanations
from accord.text.characters import excerpt, harmless

lang = click.option(
    "--lang",
    type=options.Choice("language", get_args(Language)),
    help=_("One language only; by default both."),
)


@click.group(
    "clauses",
    invoke_without_command=True,
    help=_(
        "The texts that letters are made of: the library's, and your own in templates/ beside"
        " accord.toml. Without a subcommand, they are listed."
    ),
    epilog=verbatim(
        _("""Examples:
  accord clauses                              every clause and who approved it
  accord clauses show price --lang fr         a clause's wordings
  accord clauses check                        what is wrong with yours
  accord clauses approve --all --by "A. Roy"  approve every text as it stands""")
    ),
)
@lang
@options.as_json
@options.house
@click.pass_context
def command(context: click.Context, lang: str | None, house: Path | None, *, as_json: bool) -> None:
    """List the clauses if nothing else is asked."""
    if context.invoked_subcommand is None:
        context.invoke(list_all, lang=lang, house=house, as_json=as_json)
        return
    for name in context.params:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            (option,) = (param.opts[0] for param in context.command.params if param.name == name)
            sentence = _("Write {option} after {subcommand}.")
            raise click.UsageError(sentence.format(option=option, subcommand=context.invoked_subcommand))


@command.command("list", help=_("Every clause file, whose text it holds, and who approved it."))
@lang
@options.as_json
@options.house
def list_all(lang: str | None, house: Path | None, *, as_json: bool) -> None:
    """Print one line per file, or JSON."""
    rows = list(_listed(house, lang).values())
    if as_json:
        options.print_json(Clauses(tuple(rows)))
        return
    width = max(len(row.file) for row in rows)
    for row in rows:
        click.echo(f"{row.file:{width}}  {_state(row)}")


def _state(row: ListedClause) -> str:
    """Where a text comes from and whether it is approved, coloured on a terminal."""
    origin = _("your own text") if row.own else _("the library's text")
    if row.approved:
        approved = _("approved by {by} on {on}").format(by=row.approved.by, on=row.approved.on)
        return f"{origin}, {click.style(approved, fg='green')}"
    state = _("changed since it was approved") if row.changed else _("not approved")
    return f"{origin}, {click.style(state, fg='yellow' if row.own or row.changed else None)}"


@command.command(
    "show",
    short_help=_("The text of a clause, its conditions, its legal sources."),
    help=_(
        "The text of clauses, with their conditions and legal sources. Name them by id (price), by file"
        " (32-price.vat.md) or by path (fr/agreement/32-price.vat.md)."
    ),
)
@click.argument("names", metavar="CLAUSE...", nargs=-1, required=True)
@lang
@options.house
def show(names: tuple[str, ...], lang: str | None, house: Path | None) -> None:
    """Print each clause of these names."""
    rows = _listed(house, lang)
    for place, clause in enumerate(_named(names, list(rows))):
        click.echo(("\n" if place else "") + click.style(rows[clause].file, bold=True))
        click.echo(_state(rows[clause]))
        if clause.when:
            click.echo(_("In if: {conditions}").format(conditions=", ".join(clause.when)))
        for law, sources in clause.law.items():
            sentence = _("Sources under {law}: {sources}")
            click.echo(sentence.format(law=explanations.laws()[law], sources="; ".join(sources)))
        if clause.title:
            click.echo("\n" + click.style(clause.title, bold=True))
        click.echo(("" if clause.title else "\n") + clause.body)


@command.command(
    "check",
    short_help=_("What is wrong with your own clauses."),
    help=_(
        "Check the clauses in templates/ beside accord.toml, and say what to fix, with file"
        " and line. Exit code 1 if there is an error."
    ),
)
@options.house
@options.as_json
@click.pass_context
def check(context: click.Context, house: Path | None, *, as_json: bool) -> None:
    """Print the remarks, file by file."""
    overrides = _folder(house) / "templates"
    remarks = clause_lint.lint(overrides)
    if as_json:
        options.print_json(Remarks(remarks))
    else:
        for remark in remarks:
            click.echo(_line(remark))
        if not remarks:
            click.echo(_("No remarks on the clauses in {folder}.").format(folder=overrides))
    if any(remark.severity == "error" for remark in remarks):
        context.exit(1)


def _line(remark: Remark) -> str:
    """A remark with its place, coloured on a terminal."""
    severities = {"error": _("error"), "warning": _("warning"), "note": _("note")}
    severity = click.style(severities[remark.severity], fg=COLOURS[remark.severity])
    return f"{harmless(remark.place)}: {severity}: {harmless(remark.sentence)}"


@command.command(
    "approve",
    short_help=_("Record that you approve clause texts as they stand."),
    help=_(
        "Record who approved which clause text, in which language and when, in approvals.toml"
        " beside accord.toml. A text that is changed later is no longer approved. Whatever the"
        " check finds in your own texts is repeated."
    ),
)
@click.argument("names", metavar="[CLAUSE...]", nargs=-1)
@click.option("--all", "everything", is_flag=True, help=_("Every clause, yours and the library's."))
@click.option("--by", required=True, help=_("Who approves them."))
@options.date_of(_("Date of the approval, such as 2026-11-23; by default today."))
@lang
@options.house
def approve(  # noqa: PLR0913 - one argument per option
    names: tuple[str, ...],
    by: str,
    date: str | None,
    lang: str | None,
    house: Path | None,
    *,
    everything: bool,
) -> None:
    """Add to the record what is not in it yet."""
    if everything == bool(names):
        raise click.UsageError(_("Name the clauses to approve, or write --all."))
    if not by.strip():
        raise click.BadParameter(_("is empty; write a name"), param_hint="--by")
    if faults := approvals.faults_of(by.strip()):
        raise click.BadParameter(faults[0].sentence, param_hint="--by")
    folder, library = _folder(house), Library()
    on = parsing.day(date, "en_GB") if date else options.today()
    clauses = _clauses(folder, lang, library)
    chosen = clauses if everything else _named(names, clauses)
    for clause in chosen:
        if clause.overrides:
            for remark in clause_lint.substance(clause, library):
                click.echo(_line(remark), err=True)
    fresh = approvals.approve(folder, chosen, by.strip(), on)
    for clause in fresh:
        click.echo(approvals.key_of(clause))
    count, known = len(fresh), len(chosen) - len(fresh)
    summary = ngettext("{count} text approved", "{count} texts approved", count).format(count=count)
    if known:
        summary += ngettext("; {known} was already", "; {known} were already", known).format(known=known)
    click.echo(f"{summary} ({folder / approvals.FILE}).", err=True)


def _folder(house: Path | None) -> Path:
    """The folder of the house's file, which must be sound."""
    return open_house(house).path.parent


def _listed(house: Path | None, lang: str | None) -> dict[Clause, ListedClause]:
    """Every clause, and how it is listed; where there is no house, the library's alone."""
    home = house_at_hand(house)
    folder = home.path.parent if home else None
    approved = approvals.read(folder) if folder else ()
    return {clause: listed(clause, approved) for clause in _clauses(folder, lang, Library())}


def _clauses(folder: Path | None, lang: str | None, library: Library) -> list[Clause]:
    """Every clause of a house, French first, in print order; all faults of the files at once."""
    overrides = folder / "templates" if folder else None
    languages = (lang,) if lang else get_args(Language)
    kinds = product(languages, get_args(Kind))
    return [*chain(*all_of(lambda each: library.clauses(*each, overrides), kinds))]


def _named(names: Iterable[str], clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses of these names; `AccordError` with a suggestion for each that is none."""
    by_name: dict[str, list[Clause]] = {}
    for clause in clauses:
        file = clause.path.name
        for name in {approvals.key_of(clause), file, file.removesuffix(".md"), clause.id}:
            by_name.setdefault(name, []).append(clause)

    def of_name(name: str) -> list[Clause]:
        if name not in by_name:
            sentence = _("{name} is not a clause; did you mean {close}?")
            raise AccordError(sentence.format(name=excerpt(name), close=closest(name, by_name, 0)[0]))
        return by_name[name]

    return list(dict.fromkeys(chain(*all_of(of_name, names))))
