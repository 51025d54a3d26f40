"""A verdict in words, the same ones wherever it is read."""

from collections.abc import Iterator, Mapping

from accord.i18n import _, ngettext
from accord.verify.verdict import Answer, Verdict


def answers() -> Mapping[Answer, str]:
    """What each answer means."""
    return {
        "authentic": _("authentic: byte for byte what its data composes"),
        "intact": _("intact: saved or signed since, but every page shows what its data composes"),
        "repackaged": _(
            "intact, repackaged: another program wrote it anew, but every page of the letter shows what its data composes"
        ),
        "altered": _("altered: it is not what its data composes"),
        "foreign": _("foreign: not a letter of Accord"),
    }


def more(verdict: Verdict) -> str:
    """That something was added that is to be read; "" if nothing was."""
    return _("with additions to read") if verdict.added else ""


def changes(verdict: Verdict) -> Iterator[str]:
    """What a repackaged letter lost, and what was added to it."""
    for sentence, what in ((_("lost: {what}"), verdict.lost), (_("added: {what}"), verdict.added)):
        yield from (sentence.format(what=each) for each in what)


def deviates(verdict: Verdict, *, strict: bool = False) -> bool:
    """Whether the words of a letter are no clean answer; `strict`, unless the house has approved all of them."""
    if not strict or not verdict.reference:
        return bool(verdict.deviating)
    return verdict.unapproved != 0 or any(each.status != "approved" for each in verdict.wording)


def doubt(verdict: Verdict, *, strict: bool = False) -> str:
    """Why the words of a letter are no clean answer; "" if they are."""
    if not deviates(verdict, strict=strict):
        return ""
    if not strict:
        return ngettext(
            "{count} clause in words that nobody here vouches for",
            "{count} clauses in words that nobody here vouches for",
            verdict.deviating,
        ).format(count=verdict.deviating)
    if verdict.unapproved is None:
        return _("no company’s file at hand says which clauses are approved")
    count = verdict.unapproved + sum(each.status != "approved" for each in verdict.wording)
    return ngettext("{count} clause not approved", "{count} clauses not approved", count).format(count=count)


def title(verdict: Verdict) -> str:
    """Which letter it is: its title, reference and version; "" for a file that is none."""
    version = _("version {version}").format(version=verdict.version) if verdict.version else ""
    return ", ".join(filter(None, (verdict.title, verdict.reference, version))) if verdict.reference else ""


def judge(verdict: Verdict) -> str:
    """By which house file its words were judged; "" if by none."""
    return _("judged by {house}").format(house=verdict.house) if verdict.house and verdict.reference else ""


def words_of(verdict: Verdict) -> Iterator[str]:
    """Whose words the letter has."""
    if not verdict.reference:
        return
    if not verdict.wording:
        yield _("text: every clause is the library's")
    if verdict.unapproved is not None:
        yield _approved(verdict.unapproved)
    statuses = {
        "approved": _("text: {file} is the house's own, approved"),
        "own": _("text: {file} is the house's own, not approved"),
        "superseded": _("text: {file} is the library's, but the house has approved a text of its own"),
        "unknown": _("text: {file} is neither the library's nor that of a company whose file is here"),
    }
    for wording in verdict.wording:
        yield statuses[wording.status].format(file=wording.file)


def _approved(count: int) -> str:
    """How many of the library's clauses the house at hand has not approved."""
    if not count:
        return _("every clause of the library's in it is approved by the house")
    return ngettext(
        "{count} clause of the library's in it is not approved by the house",
        "{count} clauses of the library's in it are not approved by the house",
        count,
    ).format(count=count)
