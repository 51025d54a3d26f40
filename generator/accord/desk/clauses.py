"""The clause library: every text in both languages, where it stands, and who approved what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from accord.clauses import approvals
from accord.clauses.conditions import FINAL
from accord.clauses.library import EMAIL, LETTER, Clause, Library, Part
from accord.clauses.report import ListedClause, listed
from accord.desk.desk import Desk
from accord.desk.pages import desk_of, fields_of, needs, page, person_of
from accord.diff.compare import Edits, edited
from accord.domain.choices import Kind, Language
from accord.errors import AccordError, all_of
from accord.i18n import N_, _
from accord.review import clause_lint, labels
from accord.services import explanations
from accord.text.characters import fold

KINDS: Mapping[str, str] = {
    "agreement": N_("Agreements"),
    "decline": N_("Declines"),
    "after": N_("After the signature"),
    "email": N_("E-mails"),
}
STATES: Mapping[str, str] = {
    "": N_("All"),
    "approved": N_("Approved"),
    "unapproved": N_("Not approved"),
    "own": N_("The house’s own"),
}
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class Text:
    """One clause in one language: its file, how it is listed, and what it changes in the library's."""

    language: Language
    clause: Clause
    listed: ListedClause
    changes: Edits = ()

    @property
    def name(self) -> str:
        """Its kind and file, which both languages have."""
        return "/".join(self.clause.path.parts[-3 if self.clause.part == EMAIL else -2 :])

    @property
    def is_approvable(self) -> bool:
        """Whether its approval is recorded: that of the texts of letters is, not of e-mails."""
        return self.clause.part == LETTER

    @property
    def sources(self) -> list[tuple[str, tuple[str, ...]]]:
        """Its legal sources, by the name of the law."""
        laws = explanations.laws()
        return [(laws[law], sources) for law, sources in self.clause.law.items()]

    @property
    def conditions(self) -> list[str]:
        """When it is in a letter, in plain words."""
        of_emails = {FINAL: _("final"), f"not-{FINAL}": _("draft")}
        return [of_emails.get(name) or labels.in_words(name) for name in self.clause.when]


@dataclass(frozen=True)
class Pair:
    """One clause in both languages, beside each other; a language may lack it."""

    name: str
    texts: Mapping[Language, Text]


def routes() -> list[Route]:
    """The pages of the clause library."""
    return [
        Route("/legal/clauses", clauses),
        Route("/legal/clauses/approve", needs("legal", to_approve)),
        Route("/legal/clauses/approve", needs("legal", approve), methods=["POST"]),
    ]


def clauses(request: Request) -> Response:
    """The clauses of a kind of letter, as far as they are asked for in the address."""
    asked = request.query_params
    kind = asked.get("kind") if asked.get("kind") in KINDS else "agreement"
    state = asked.get("state") if asked.get("state") in STATES else ""
    words = asked.get("words", "").strip()
    desk = desk_of(request)
    texts = [each for each in _texts(desk) if _kind_of(each.clause) == kind]
    found = [each for each in _pairs(texts) if _is_asked_for(each, state or "", words)]
    return page(
        request,
        "clauses.html",
        kinds=KINDS,
        states=STATES,
        kind=kind,
        state=state,
        words=words,
        pairs=found,
        total=len(_pairs(texts)),
        remarks=clause_lint.lint(desk.house.parent / "templates"),
        severities=labels.severities(),
        separator=labels.separator(),
        may=person_of(request).may("legal"),
        approved=asked.get("approved", "") if asked.get("approved", "").isdecimal() else "",
    )


def to_approve(request: Request) -> Response:
    """Exactly what is about to be approved: each text as a whole, with its digest."""
    return _to_approve(request, request.query_params.getlist("file"))


def _to_approve(
    request: Request, files: Sequence[str], faults: Sequence[str] = (), status: int = 200
) -> Response:
    desk = desk_of(request)
    texts = _named(_texts(desk), files)
    library = Library()
    remarks = {
        each.listed.file: [*clause_lint.substance(each.clause, library)] if each.clause.overrides else []
        for each in texts
    }
    return page(
        request,
        "clauses_approve.html",
        status=status,
        texts=texts,
        remarks=remarks,
        severities=labels.severities(),
        separator=labels.separator(),
        faults=faults,
        kind=_kind_of(texts[0].clause),
    )


def approve(request: Request) -> Response:
    """Record that the person approves the texts whose digests they were shown; refused for one that changed meanwhile."""
    desk, person, sent = desk_of(request), person_of(request), fields_of(request)
    files, digests = (
        [value for value in sent.getlist(name) if isinstance(value, str)] for name in ("file", "digest")
    )
    texts = _named(_texts(desk), files)
    shown = dict(zip(files, digests, strict=False))
    if changed := [each.listed.file for each in texts if shown.get(each.listed.file) != each.listed.digest]:
        sentence = _("{file}: was changed since you read it; read it again, then approve it.")
        return _to_approve(request, files, [sentence.format(file=file) for file in changed], 409)
    if faults := approvals.faults_of(person.name):
        return _to_approve(request, files, [fault.sentence for fault in faults], 422)
    fresh = approvals.approve(desk.house.parent, [each.clause for each in texts], person.name, desk.today)
    asked = urlencode({"kind": _kind_of(texts[0].clause), "approved": len(fresh)})
    return RedirectResponse(f"/legal/clauses?{asked}", 303)


def _texts(desk: Desk) -> list[Text]:
    """Every clause of the house, in print order; all faults of the files at once."""
    folder, library = desk.house.parent, desk.library
    approved = approvals.read(folder)
    places = list(product(LANGUAGES, get_args(Kind), (LETTER, EMAIL)))
    found = all_of(lambda place: _of(*place, library, desk), places)
    return [
        Text(place[0], clause, listed(clause, approved), _changes(clause, standard))
        for place, clauses in zip(places, found, strict=True)
        for clause, standard in clauses
    ]


def _of(
    language: Language, kind: Kind, part: Part, library: Library, desk: Desk
) -> list[tuple[Clause, Clause]]:
    """The clauses of a kind in a language, each beside the library's own."""
    ours = {each.path.name: each for each in library.clauses(language, kind, part=part)}
    theirs = library.clauses(language, kind, desk.house.parent / "templates", part)
    return [(each, ours[each.path.name]) for each in theirs]


def _changes(clause: Clause, standard: Clause) -> Edits:
    """What the house's own text changes in the library's, word by word; nothing for one of ours."""
    if not clause.overrides:
        return ()
    if clause.title == standard.title:
        return edited(standard.body, clause.body)
    return edited(*(f"{each.title}\n\n{each.body}".strip() for each in (standard, clause)))


def _kind_of(clause: Clause) -> str:
    return EMAIL if clause.part == EMAIL else clause.path.parent.name


def _pairs(texts: Iterable[Text]) -> list[Pair]:
    """The texts of both languages beside each other, in print order."""
    pairs: dict[str, dict[Language, Text]] = {}
    for text in texts:
        pairs.setdefault(text.name, {})[text.language] = text
    return [Pair(name, pairs[name]) for name in sorted(pairs)]


def _is_asked_for(pair: Pair, state: str, words: str) -> bool:
    """Whether a clause is in one of the states and has all the words, in one of its languages."""
    return any(_is_in(text, state) and _has(text, words) for text in pair.texts.values())


def _is_in(text: Text, state: str) -> bool:
    return {
        "": True,
        "approved": text.is_approvable and text.listed.approved is not None,
        "unapproved": text.is_approvable and text.listed.approved is None,
        "own": text.clause.overrides,
    }[state]


def _has(text: Text, words: str) -> bool:
    clause = text.clause
    sources = (source for listed in clause.law.values() for source in listed)
    whole = fold(" ".join((text.listed.file, clause.title, clause.body, *text.conditions, *sources)))
    return all(word in whole for word in fold(words).split())


def _named(texts: Sequence[Text], files: Sequence[str]) -> list[Text]:
    """The texts of these files, which are looked up in the list and nowhere else; `AccordError` for any other."""
    known = {each.listed.file: each for each in texts if each.is_approvable}
    if not files or any(file not in known for file in files):
        raise AccordError(_("There is no such clause; choose one from the list."))
    return [known[file] for file in dict.fromkeys(files)]
