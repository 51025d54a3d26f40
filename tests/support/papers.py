"""Documents that follow the samples' agreements, each after the steps that lead to it."""

import datetime

from accord.domain.deal import Agreement
from accord.domain.house import HouseFile
from accord.domain.promise import CAUSES, Happened, Terms
from accord.domain.sequel import Paper, Sequel
from accord.intake import loader
from accord.letter.letter import Letter
from support.inputs import TODAY
from support.paths import SAMPLES
from support.samples import HOUSE, compose

FRENCH, PROMISE, ENGLISH = "01-fr-abonnement", "03-fr-pilote-promesse", "05-en-purchase-england"
DAY = datetime.date.fromisoformat


def steps(text: str, deal: Agreement) -> list[Happened]:
    """Steps such as "signed, delivered +3": days after the letter or, with "@", after the date of delivery."""
    assert deal.delivery
    taken = []
    for each in text.split(", "):
        name, day, *more = each.split()
        start = deal.delivery.by if day[0] == "@" else deal.date
        to = deal.delivery.by + datetime.timedelta(days=int(more[0])) if more else None
        on = start + datetime.timedelta(days=int(day.lstrip("@")))
        taken.append(Happened(name, on, to, more[1] if more[1:] else CAUSES[0]))  # type: ignore[arg-type]
    return taken


def made(deal: Agreement, house: HouseFile, text: str, *items: str) -> tuple[Letter, Sequel]:
    """The document of the last of some steps."""
    letter = compose(deal, house)
    deal = deal.model_copy(update={"reference": letter.reference})
    articles = {each.id: each.number for each in letter.articles if each.number}
    *before, last = steps(text, deal)
    paper = Paper.of(Terms.of(deal, house.house), before, last, articles, items)
    assert paper
    sequel = Sequel.to(deal, paper)
    return compose(sequel, house), sequel


def sample(stem: str) -> Agreement:
    """The agreement of a sample."""
    deal = loader.read_deal(SAMPLES / f"{stem}.toml", HOUSE.house, today=TODAY)
    assert isinstance(deal, Agreement)
    return deal


SITUATIONS = {
    "fr-delivery": (FRENCH, "signed 8, delivered @-40", "à l’adresse https://essai.novalys.example"),
    "fr-reminder": (FRENCH, "signed 8, delivered @-40, reminded @-22"),
    "fr-accepted": (FRENCH, "signed 8, delivered @-40, accepted @-30"),
    "fr-reserved": (FRENCH, "signed 8, delivered @-40, accepted @-30", "le bouton est mal aligné"),
    "fr-refused": (FRENCH, "signed 8, delivered @-40, refused @-30", "le total diffère de deux centimes"),
    "fr-extended": (FRENCH, "signed 8, extended @-30 15"),
    "fr-presumed": (FRENCH, "signed 8, delivered @-40, reminded @-22, accepted @-10"),
    "fr-waived": (FRENCH, "signed 8, waived @-30"),
    "fr-lapsed": (FRENCH, "signed 8, lapsed @30"),
    "fr-ordered": (FRENCH, "signed 8, delivered @-40, accepted @-30, ordered @-29"),
    "fr-ordered-presumed": (FRENCH, "signed 8, delivered @-40, reminded @-22, ordered @0"),
    "fr-defaulted": (
        FRENCH,
        "signed 8, delivered @-40, accepted @-30, ordered @-29, defaulted @30",
        "payer la facture F-2027-014 du 2 mars 2027, de 1 000,00 € hors taxes",
    ),
    "fr-option-presumed": (PROMISE, "signed 8, delivered @-30, reminded @-13, accepted @-4"),
    "fr-option": (PROMISE, "signed 8, delivered @-20, accepted @-10, ordered @-5"),
    "en-delivery": (ENGLISH, "signed 8, delivered @-40", "at https://trial.novalys.example"),
    "en-reminder": (ENGLISH, "signed 8, delivered @-40, reminded @-18"),
    "en-accepted": (ENGLISH, "signed 8, delivered @-40, accepted @-30"),
    "en-refused": (ENGLISH, "signed 8, delivered @-40, refused @-30", "The total differs by two pence"),
    "en-extended": (ENGLISH, "signed 8, extended @-30 15 client-delay"),
    "en-presumed": (ENGLISH, "signed 8, delivered @-40, reminded @-18, accepted @-5"),
    "en-waived": (ENGLISH, "signed 8, waived @-30"),
    "en-lapsed": (ENGLISH, "signed 8, delivered @-5, refused @-1, lapsed @120"),
    "en-ordered": (ENGLISH, "signed 8, delivered @-40, accepted @-30, ordered @-29"),
    "en-defaulted": (
        ENGLISH,
        "signed 8, delivered @-40, accepted @-30, ordered @-29, defaulted @30",
        "pay invoice F-2027-014 of 2 March 2027",
    ),
}


def document(name: str) -> tuple[Letter, Sequel]:
    """The document of a situation."""
    stem, text, *items = SITUATIONS[name]
    return made(sample(stem), HOUSE, text, *items)
