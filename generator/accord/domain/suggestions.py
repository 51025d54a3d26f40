"""What people write for a key or a value, and the right one to propose."""

from collections.abc import Iterable, Mapping

from accord.text import currencies

# What people write for a key; the right one is proposed.
MEANT_KEYS = {
    "amount": "decision.unit_price",
    "capital_social": "capital",
    "client": "prospect",
    "commitment": "vendor_commitment",
    "color": "colour",
    "company": "name",
    "contract": "decision",
    "customer": "prospect",
    "deadline": "delivery.by",
    "delivery_date": "delivery.by",
    "due": "by",
    "days": "days_per_month",
    "days_month": "days_per_month",
    "estimate": "feature.effort",
    "estimation": "feature.effort",
    "charge": "feature.effort",
    "effort_days": "feature.effort",
    "workload": "feature.effort",
    "jours_par_mois": "days_per_month",
    "monthly_days": "days_per_month",
    "forme": "legal_form",
    "lang": "language",
    "mail": "email",
    "nom": "name",
    "prenom": "first_name",
    "price": "decision.unit_price",
    "rcs": "registry",
    "siren": "registration",
    "siret": "registration",
    "tests": "feature.acceptance_tests",
    "tva": "vat",
    "ville": "registry",
}

# What people write for a value; the right one is proposed.
MEANT_VALUES: Mapping[str, str] = {
    **{mark: meant[0] for mark, meant in currencies.MEANT.items()},
    "abonnement": "subscription",
    "achat": "purchase",
    "annuel": "year",
    "aucun": "none",
    "aucune": "none",
    "buy": "purchase",
    "company": "business",
    "date impossible": "date-not-feasible",
    "date intenable": "date-not-feasible",
    "essai": "pilot",
    "hors marché": "out-of-scope",
    "hors périmètre": "out-of-scope",
    "mensuel": "month",
    "no decision": "none",
    "off market": "out-of-scope",
    "pilote": "pilot",
    "sans décision": "no-commitment",
    "sans engagement": "no-commitment",
    "too soon": "date-not-feasible",
    "trial": "pilot",
    "england": "EW",
    "english": "en",
    "entreprise": "business",
    "france": "FR",
    "français": "fr",
    "francais": "fr",
    "french": "fr",
    "gb": "EW",
    "madame": "Mme",
    "mlle": "Mme",
    "maître": "Me",
    "anglais": "en",
    "an": "year",
    "année": "year",
    "mois": "month",
    "monsieur": "M.",
    "monthly": "month",
    "uk": "EW",
    "year": "year",
    "yearly": "year",
}


def closest(text: str, choices: Iterable[str], cutoff: float = 0.6) -> list[str]:
    """The choice that `text` resembles most, or none."""
    import difflib  # noqa: PLC0415 - only where there is a fault

    return difflib.get_close_matches(text.casefold()[:60], list(choices), 1, cutoff)
