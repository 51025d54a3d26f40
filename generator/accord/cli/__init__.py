"""The `accord` command: strings in, files and exit codes out.

One short module per command.  Standard output carries results alone (paths one
a line, JSON, text); all else goes to standard error.  Exit codes: 0, done; 1,
the answer is no (also: stopped by Ctrl-C, or nobody reads the output any more);
2, the input cannot be used; 3, the machine lacks something; 70, a fault of the
program itself.

A command's module is imported once the command is called: its help is
translated on import, and most of them need pydantic, which weighs.
"""

import errno
import gc
import gettext
import importlib
import io
import os
import re
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import click

from accord import i18n
from accord.cli import metavars
from accord.cli.terminal import verbatim
from accord.errors import FAULT_OF_THE_PROGRAM, AccordError
from accord.i18n import _
from accord.pdf import press
from accord.text.characters import harmless, in_quotes

OBJECTS_BETWEEN_COLLECTIONS = 200_000


class Refusal(click.ClickException):
    """An error as the user reads it: its sentence, on standard error."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(harmless(sentence))
        self.exit_code = exit_code  # type: ignore[misc]  # click declares it for the class

    def show(self, file: Any = None) -> None:
        """Print the sentence as it is."""
        click.echo(self.message, file=file, err=file is None)


class Program(click.Group):
    """The group of commands, and the one door for errors: none leaves as a traceback.

    Its `commands` are names with a short help, enough to list and complete them.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order in which a newcomer needs them."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name, imported now, and its arguments."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed and load(listed), rest

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the command; its help may not find room to be printed."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except OSError as error:
            raise _refused(error) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn whatever goes wrong into a sentence and an exit code."""
        try:
            from accord.cli import options  # noqa: PLC0415 - not needed for help

            options.check_time_zone(os.environ.get("TZ", ""))
            return super().invoke(ctx)
        except click.ClickException as error:
            error.message = harmless(error.message)  # type: ignore[misc]  # click's own may quote arguments
            told = error.format_message()
            error.format_message = lambda: _with_our_quotes(told)  # type: ignore[method-assign]
            raise
        except (click.Abort, click.exceptions.Exit):
            raise
        except AccordError as error:
            raise Refusal(str(error), error.exit_code) from error
        except OSError as error:
            raise _refused(error) from error
        except Exception as error:  # nobody should have to read a traceback
            if os.environ.get("ACCORD_DEBUG"):
                sys.excepthook(type(error), error, error.__traceback__)
            sentence = _(
                "Accord hit an internal error ({type}) and stopped. Please report it with the command"
                " you typed; ACCORD_DEBUG=1 shows the details."
            ).format(type=type(error).__name__)
            raise Refusal(sentence, FAULT_OF_THE_PROGRAM) from error


READER_GONE = 1


def _refused(error: OSError) -> Exception:
    """How to leave where the system refuses: quietly where nobody reads on, else with a sentence."""
    if error.errno == errno.EPIPE:
        return click.exceptions.Exit(READER_GONE)
    return Refusal(_sentence_of(error), 2)


def _with_our_quotes(message: str) -> str:
    """One of click's messages, which quotes as Python does, with the quotation marks of the language in use."""
    return re.sub(r"(?<!\w)'([^'\n]*)'(?!\w)", lambda quoted: in_quotes(quoted[1]), message)


def _sentence_of(error: OSError) -> str:
    try:
        os.getcwd()  # noqa: PTH109 - pathlib takes a twelfth of the time of `--help`
    except OSError:
        return _("The current folder is not there any more; change to another one.")
    name = error.filename if error.filename is not None else _("the output")
    return _(
        "{name}: the system refused ({reason}); check the name, the permissions and the free space"
    ).format(name=name, reason=error.strerror or type(error).__name__)


def load(listed: click.Command) -> click.Command:
    """The command of this name, out of its module."""
    command: click.Command = importlib.import_module(f"{__name__}.{_module_of(listed)}").command
    return _told_in_full(metavars.translate(command))


def _told_in_full(command: click.Command) -> click.Command:
    """The command; the help of a group has the first sentence of each subcommand, of which click would cut the end."""
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        first, end, _rest = (inner.help or "").partition(". ")
        inner.short_help = inner.short_help or first + end.rstrip()
    return command


def _module_of(listed: click.Command) -> str:
    return (listed.name or "").replace("-", "_")


def _short_helps() -> dict[str, str]:
    return {
        "demo": _("Sample letters, to see what you get."),
        "init": _("Your company's particulars, once."),
        "new": _("A few questions, one letter."),
        "edit": _("The same questions again: change an answer, fill in the blanks."),
        "render": _("Letters from deal files."),
        "batch": _("Many letters at once, from a spreadsheet or a folder."),
        "review": _("The legal review of a deal or a letter."),
        "verify": _("Is this PDF intact, and is its text the approved one?"),
        "diff": _("What changed from one letter to another."),
        "extract": _("The deal, back out of a letter's PDF."),
        "register": _("What has been promised to whom by when, and what is due."),
        "follow": _("One step in the life of a letter: signed, delivered, accepted…"),
        "what-if": _("What would hold if a feature were delivered on some day; nothing is written."),
        "sign": _("Sign a letter in a party’s own field."),
        "desk": _("The same program in the browser."),
        "clauses": _("The clause library: list, read, check, approve."),
        "schema": _("The JSON schema of a file, or of what a command prints."),
        "doctor": _("What this machine lacks to make letters, with the command that fixes it."),
    }


def program() -> click.Group:
    """The command with all its subcommands, its help in the language in use."""
    group = Program(
        "accord",
        help=_("From a prospect's feature request to an agreement both sides can sign, or to a polite no."),
        epilog=verbatim(
            _(
                """First steps:
  accord demo         sample letters, to see what comes out
  accord init         your company's particulars, once
  accord new          a few questions, one letter

Files: accord.toml holds your company's particulars; it is looked for in the
current folder, then in its parents (or: --house FILE, or ACCORD_HOUSE=FILE).

Language: ACCORD_LANG=fr or ACCORD_LANG=en; else that of your system.

Completion of commands and options by the Tab key (then open a new terminal):
  bash   eval "$(_ACCORD_COMPLETE=bash_source accord)"   in ~/.bashrc
  zsh    eval "$(_ACCORD_COMPLETE=zsh_source accord)"    in ~/.zshrc
  fish   _ACCORD_COMPLETE=fish_source accord | source    in ~/.config/fish/config.fish

Exit codes: 0 done; 1 the answer is no; 2 the input cannot be used;
3 this machine lacks something (accord doctor says what)."""
            )
        ),
        context_settings={"help_option_names": ["-h", "--help"]},
        commands=[click.Command(name, short_help=text) for name, text in _short_helps().items()],
    )
    metavars.translate(group)
    return click.version_option(
        package_name="accord", message="%(prog)s %(version)s", help=_("Show the version and exit.")
    )(group)


def main() -> None:
    """Run `accord` with the arguments of the process, and leave with its exit code."""
    _open_what_was_closed()
    language = i18n.detect(os.environ)
    i18n.use(language)
    # Click looks its own messages up in the text domain of the process.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(i18n.DOMAIN, i18n.CATALOGUES)
    gettext.textdomain(i18n.DOMAIN)
    # pydantic would look through all that is installed for extensions of it, which we have none of.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A start makes objects by the hundred thousand and frees few: looking for
    # garbage as often as Python does by default takes a tenth of a render.
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What the terminal's encoding lacks is escaped; bytes that are no
            # text become surrogates, which the rules for texts then name.
            # A script that reads a path gets the bytes of its name.
            as_bytes = stream is sys.stdin or (
                stream is sys.stdout and not stream.isatty() and stream.encoding.lower() == "utf-8"
            )
            stream.reconfigure(errors="surrogateescape" if as_bytes else "backslashreplace")
    try:
        with _ahead(sys.argv[1:]):
            program().main(prog_name="accord")
    except OSError:  # not even the sentence finds room
        sys.exit(2)
    finally:
        _leave_unwritten()
        # Python would look through all that is loaded for garbage once more, which takes a seventh of a review.
        gc.freeze()


def _ahead(arguments: Sequence[str]) -> AbstractContextManager[None]:
    """What begins at once, beside the command: where its pages are set in type, or foreign ones are verified."""
    if {"-h", "--help"} & {*arguments}:
        return nullcontext()
    name, files = "".join(arguments[:1]), arguments[1:]
    if name in {"render", "new", "edit", "demo"}:
        return press.ahead()
    if name in {"verify", "review", "diff"} and any(each.lower().endswith(".pdf") for each in files):
        from accord import isolation  # noqa: PLC0415 - not needed for help

        return isolation.ahead(_be_ready)
    return nullcontext()


def _be_ready() -> None:
    """Be ready to compose the letter in a PDF, whose page another copy sets while this one loads what else the command needs."""
    press.stand_by()
    importlib.import_module("accord.verify.recompose")


def _open_what_was_closed() -> None:
    """Give a stream that was closed before the start to the void, so that no file is opened in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            void = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115 - the same; until the end
            setattr(sys, name, void)
            # A process that is copied puts others in their place, and what nobody holds is closed.
            setattr(sys, f"__{name}__", void)


def _leave_unwritten() -> None:
    """Drop what found no room, which is told by now if it can be: Python would try once more, and leave with a code of its own."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
