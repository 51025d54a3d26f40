"""What a legal form says of a party, however it is written."""

import pytest

from accord.domain import legal_forms

MERCHANTS = (
    "SARL", "SAS", "société par actions simplifiée", "SA à conseil d’administration", "EURL", "SNC", "SCOP", "Ltd", "GmbH",
    "société commerciale", "EI, commerçant", "commerçante", "SARL d’artisans", "SA d’économie mixte", "a private limited company", None,
)  # fmt: skip
OTHER_BODIES = (
    "association régie par la loi du 1er juillet 1901", "Association loi 1901", "SCI", "société civile", "SCP d’avocats", "SELARL",
    "S.E.L.A.R.L.", "SELAS de pharmaciens", "Société d’exercice libéral à responsabilité limitée", "société coopérative agricole",
    "coopérative agricole", "GAEC", "EARL", "SCEA", "CUMA", "fondation", "syndicat professionnel", "mutuelle", "ASBL", "CIO",
    "a registered charity", "e.V. (Verein)",
)  # fmt: skip
PERSONS = (
    "artisan, entrepreneur individuel (EI)", "micro-entreprise", "micro entrepreneur", "auto-entrepreneuse", "profession libérale",
    "entreprise individuelle", "E.I.", "EIRL", "exploitant agricole", "a sole trader", "sole proprietorship", "avocate",
)  # fmt: skip


@pytest.mark.parametrize("form", MERCHANTS)
def test_merchants(form: str | None) -> None:
    assert legal_forms.is_merchant(form)


@pytest.mark.parametrize("form", [*OTHER_BODIES, *PERSONS])
def test_no_merchants(form: str) -> None:
    assert not legal_forms.is_merchant(form)


@pytest.mark.parametrize("form", PERSONS)
def test_persons_act_for_themselves(form: str) -> None:
    assert legal_forms.is_person(form)


@pytest.mark.parametrize(
    "form", [form for form in (*MERCHANTS, *OTHER_BODIES) if not str(form).startswith(("EI,", "commerç"))]
)
def test_bodies_are_represented(form: str | None) -> None:
    assert not legal_forms.is_person(form)


@pytest.mark.parametrize(
    ("form", "country", "short"),
    [
        ("SAS", "FR", "SAS"),
        ("s.a.r.l.", "FR", "SARL"),
        ("a French société par actions simplifiée (SAS)", "FR", "SAS"),
        ("une société anonyme", None, "SA"),
        ("Private Limited Company", "GB", "Ltd"),
        ("Ltd.", None, "Ltd"),
        ("Incorporated", "US", "Inc."),
        ("SA", "CH", "SA"),
        ("SAS", "CH", None),
        ("company limited by guarantee", "GB", None),
        ("SARL unipersonnelle", "FR", None),
    ],
)
def test_a_form_is_known_by_its_names(form: str, country: str | None, short: str | None) -> None:
    found = legal_forms.known(form, country)
    assert (found.short if found else None) == short


@pytest.mark.parametrize(
    ("name", "country", "short"),
    [
        ("Dupont SARL", "FR", "SARL"),
        ("SARL Dupont", None, "SARL"),
        ("GAEC de la Vallée", "FR", "GAEC"),
        ("Northgate Fishmongers Ltd.", "GB", "Ltd"),
        ("Northgate Fishmongers Limited", "GB", "Ltd"),
        ("Thistle & Crumb LLP", "GB", "LLP"),
        ("Hudson Provisions, Inc.", "US", "Inc."),
        ("Paul Lefèvre (EI)", None, "EI"),
        ("Laiterie du Léman Sàrl", "CH", "Sàrl"),
        ("Sas de nuit", "FR", None),
        ("Le bon sa", "FR", None),
        ("SAS", "FR", None),
        ("Dupont SARL", "BE", None),
    ],
)
def test_a_name_may_say_the_form(name: str, country: str | None, short: str | None) -> None:
    found = legal_forms.in_name(name, country)
    assert (found.short if found else None) == short
