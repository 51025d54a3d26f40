"""Letters to set in type: the samples, and hostile ones."""

import copy
import datetime
import functools
import io
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from accord.domain.house import HouseFile, Logo
from accord.intake import loader
from accord.intake.logo import check
from accord.letter.letter import Letter
from accord.pdf import engine, typeset
from support.inputs import TODAY
from support.paths import SAMPLES
from support.png import fading
from support.samples import HOUSE, compose


@functools.cache
def sample(stem: str) -> Letter:
    """A sample as `accord demo` makes it: final unless it has blanks."""
    deal = loader.read_deal(SAMPLES / f"{stem}.toml", HOUSE.house, today=TODAY)
    letter = compose(deal, HOUSE)
    return letter if letter.gaps else compose(deal, HOUSE, final=True)


@functools.cache
def pdf(stem: str) -> bytes:
    """The same, set in type: once for all tests that only read it."""
    return typeset.typeset(sample(stem))


def letter(stem: str = "01-fr-abonnement", logo: bytes | None = None, **tables: dict[str, Any]) -> Letter:
    """A sample with other values in some of its tables (`supplier` and `brand` are the house's)."""
    deal = tomllib.loads((SAMPLES / f"{stem}.toml").read_text("utf-8"))
    home = tomllib.loads((SAMPLES / "accord.toml").read_text("utf-8"))
    for table, values in tables.items():
        target = home if table in home else deal
        target[table] = {**copy.deepcopy(target.get(table, {})), **values}
    changed = loader.house_from(home, "")
    alternative = changed.brand.logo_alt or changed.supplier.name
    picture = Logo(logo, check(logo), alternative) if logo else HOUSE.logo
    return compose(
        loader.deal_from(deal, "", changed, today=TODAY),
        HouseFile(HOUSE.path, changed, picture),
    )


def lay_out(letter: Letter) -> Any:
    """The letter's pages as WeasyPrint's boxes, before they become a PDF."""
    configuration, faces = engine._faces()
    html = engine.load().HTML(string=engine._breakable(typeset.page(letter)), url_fetcher=engine.Fetcher())
    return html.render(font_config=configuration, stylesheets=[faces])


def typeset_page(html: str) -> io.BytesIO:
    """Any page as a PDF, by the engine alone."""
    day = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
    attachment = engine.Attachment("a.json", b"{}", "", "Source", day)
    return io.BytesIO(engine.render(html, [attachment], lambda _document, _pdf: None))


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
CLUTTER = "<b>{{ 7 * 7 }}</b> **x** & \"y\" 'z' ]]> </style> \\u0041 $1 `url(x)`"
TEST = (
    "le total des écritures produites pour chacun des trois magasins est égal, au centime près, à celui du journal"
    " centralisateur de la même période, tel que le logiciel le calcule la veille de la clôture, y compris quand une"
    " écriture a été contre-passée, quand un exercice est décalé, quand la devise n’est pas l’euro, et quand une pièce"
    " compte plus de mille lignes réparties entre tous les journaux"
)

HOSTILE: dict[str, Callable[[], Letter]] = {
    "twelve long tests": lambda: letter(
        feature={
            "acceptance_tests": [f"{n}\u00a0: {TEST}" for n in range(12)],
            "exclusions": [f"{n}\u00a0: {TEST}" for n in range(12)],
        }
    ),
    "words without end": lambda: letter(
        prospect={"name": LONG + "x" * 40, "address": [LONG[:60]] * 6},
        feature={
            "name": "W" * 120,
            "need": "é" * 400,
            "acceptance_tests": ["M" * 400] * 3,
            "description": "i" * 1500,
        },
        supplier={"name": "W" * 120, "address": ["W" * 60] * 6},
    ),
    "long names": lambda: letter(
        prospect={
            "name": "Compagnie générale des établissements Lefèvre, Vandenbroucke, Dell’Acqua et associés pour la boulangerie artisanale",
            "address": [f"Bâtiment {n}, zone d’activité des Portes de l’Oise" for n in range(6)],
            "contact": {
                "civility": "Mme",
                "first_name": "Marie-Charlotte-Guillemette-Anne",
                "last_name": "de La Rochefoucauld-Montesquiou-Fezensac d’Artagnan",
                "title": "Directrice générale déléguée aux systèmes d’information et à la transformation numérique",
            },
        },
        feature={
            "name": "Synchronisation bidirectionnelle en temps réel des écritures analytiques et budgétaires avec le grand livre central"
        },
    ),
    "Greek and Cyrillic": lambda: letter(
        prospect={
            "name": "Αρτοποιία Παπαδόπουλος & Υιοί",
            "address": ["Λεωφόρος Κηφισίας 12", "улица Щукина, 3"],
            "contact": {"first_name": "Юлия", "last_name": "Щербакова", "title": "Διευθύνουσα Σύμβουλος"},
        },
        feature={"name": "Экспорт бухгалтерских проводок", "acceptance_tests": ["№\u00a05 ≤ 2\u00a0% – ½ ☑"]},
    ),
    "nothing but blanks": lambda: compose(
        loader.deal_from(
            {
                "language": "en",
                "prospect": {"name": "X"},
                "feature": {"name": "Y"},
                "delivery": {"by": datetime.date(2027, 3, 31)},
                "decision": {"kind": "subscription"},
            },
            "",
            bare := loader.house_from(
                {"supplier": {"name": "Z"}, "terms": {"law": "FR", "binding": "conditional"}}, ""
            ),
            today=TODAY,
        ),
        HouseFile(Path("accord.toml"), bare),
    ),
    "mark-up in every value": lambda: letter(
        prospect={
            "name": CLUTTER,
            "address": [CLUTTER[:60]],
            "contact": {"last_name": CLUTTER[:60], "title": CLUTTER},
        },
        feature={"name": CLUTTER, "description": CLUTTER, "acceptance_tests": [CLUTTER]},
        brand={"logo_alt": CLUTTER},
        supplier={"name": f"N {CLUTTER}"},
    ),
    "no-break hyphens": lambda: letter(
        supplier={"address": ["12\u201114 quai Perrache"]}, feature={"name": "Va\u2011et\u2011vient"}
    ),
    "PNG logo": lambda: letter(logo=fading(alpha=False)),
    "PNG logo with transparency": lambda: letter(logo=fading(alpha=True)),
    "gradients and text in the logo": lambda: letter(
        logo=b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 30"><defs><linearGradient id="g"><stop offset="0"'
        b' stop-color="#123"/><stop offset="1" stop-color="#fa0" stop-opacity=".4"/></linearGradient></defs>'
        b'<rect width="80" height="30" rx="6" fill="url(#g)"/><text x="6" y="20" font-size="12" font-family="sans-serif">Novalys</text></svg>'
    ),
    "a decline": lambda: letter("12-en-decline-market", feature={"name": LONG}),
}
