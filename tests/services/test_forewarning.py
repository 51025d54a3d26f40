"""What is known before a letter leaves, and what is found wrong with it: situations as data."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from accord import i18n
from accord.clauses.library import Library
from accord.domain.choices import Reason
from accord.domain.deal import Deal
from accord.domain.house import HouseFile
from accord.domain.precedents import Known
from accord.errors import AccordError
from accord.intake import loader
from accord.letter.composer import compose
from accord.register.entries import Entry, Event, History
from accord.review.review import Review, review
from accord.services.forewarning import Memory, memory_of
from accord.services.issue import entry_of
from accord.text.characters import folded_words
from support.inputs import TODAY
from support.paths import SAMPLES
from support.registered import ENTRY
from support.samples import HOUSE

CONDITIONAL, DECLINE = "01-fr-abonnement", "09-fr-refus-hors-marche"
LIBRARY = Library()


def sample_deal(stem: str) -> Deal:
    return loader.read_deal(SAMPLES / f"{stem}.toml", HOUSE.house, today=TODAY)


def house(days_per_month: int | None = 20, *refuse: str) -> HouseFile:
    data = HOUSE.house.model_dump(exclude_none=True)
    data["review"]["refuse"] = refuse
    if days_per_month:
        data["capacity"] = {"days_per_month": days_per_month}
    return replace(HOUSE, house=type(HOUSE.house).model_validate(data))


def agreed(number: int, prospect: str = "Menuiserie Lefèvre", **changes: Any) -> History:
    """A letter of the register that waits for its signature."""
    feature = changes.pop("feature", "Export FEC")
    entry = replace(
        ENTRY,
        reference=f"AP-20261113-ABCD{number}",
        prospect=prospect,
        feature=feature,
        request=folded_words(feature),
        **changes,
    )
    return History(entry)


def declined(number: int, prospect: str, reason: Reason = "out-of-scope", **changes: Any) -> History:
    nothing = dict.fromkeys(("law", "binding", "value", "signable_until", "due", "long_stop"))
    return agreed(number, prospect, kind="decline", reason=reason, **nothing, **changes)


def signed(history: History) -> History:
    data = {"on": "2026-11-20"}
    event = Event(2, "2026-11-20T12:00:00+00:00", "claire", history.entry.reference, "signed", data, "")
    return replace(history, events=(event,))


def deal(sample: str, **feature: Any) -> Deal:
    data = sample_deal(sample)
    return data.model_copy(update={"feature": data.feature.model_copy(update=feature)})


def found(about: Deal, home: HouseFile, known: Known) -> Review:
    letter = compose(about, home, library=LIBRARY)
    return review(letter, about, home.house, None, library=LIBRARY, known=known)


CODES = [
    "asked-before",
    "already-promised",
    "reason-differs",
    "declined-off-market",
    "promised-elsewhere",
    "over-capacity",
    "crowded-date",
    "effort-missing",
    "effort-unknown",
    "register-unreachable",
]


def told(histories: Sequence[History], about: Deal, home: HouseFile | None = None) -> dict[str, str]:
    """What the register has to say of a letter: the sentences by their codes."""
    known = memory_of(histories, TODAY).known_to(about)
    return {f.code: f.sentence for f in found(about, home or house(), known).findings if f.code in CODES}


OTHER, THEIRS = "Cycles Morel", "Boulangeries Lefèvre"
EFFORT = {"effort": 10}
SITUATIONS: dict[str, tuple[str, dict[str, Any], list[History], set[str]]] = {
    "nobody asked": (CONDITIONAL, EFFORT, [], set()),
    "nobody asked for that": (CONDITIONAL, EFFORT, [agreed(1, OTHER, feature="Import FEC", effort=5)], set()),
    "somebody else has it promised": (CONDITIONAL, EFFORT, [agreed(1, OTHER, effort=5)], {"asked-before"}),
    "by another spelling": (
        CONDITIONAL,
        EFFORT,
        [agreed(1, OTHER, feature="FEC : exports", effort=5)],
        {"asked-before"},
    ),
    "they have it promised already": (
        CONDITIONAL,
        EFFORT,
        [agreed(1, f"SAS {THEIRS}", effort=5)],
        {"asked-before", "already-promised"},
    ),
    "what they had came to nothing": (
        CONDITIONAL,
        EFFORT,
        [agreed(1, THEIRS, signable_until=datetime.date(2026, 11, 20))],
        {"asked-before"},
    ),
    "it was off the market": (
        CONDITIONAL,
        EFFORT,
        [declined(1, OTHER)],
        {"asked-before", "declined-off-market"},
    ),
    "it was off the market, and promised since": (
        CONDITIONAL,
        EFFORT,
        [declined(1, OTHER), agreed(2, "X", effort=1)],
        {"asked-before"},
    ),
    "it was declined for another reason": (
        CONDITIONAL,
        EFFORT,
        [declined(1, OTHER, "no-commitment")],
        {"asked-before"},
    ),
    "no effort": (CONDITIONAL, {}, [], {"effort-missing"}),
    "a promise without an effort": (
        CONDITIONAL,
        EFFORT,
        [agreed(1, OTHER, feature="Caisse")],
        {"effort-unknown"},
    ),
    "too much": (CONDITIONAL, {"effort": 200}, [], {"over-capacity"}),
    "too much with the others": (
        CONDITIONAL,
        {"effort": 50},
        [agreed(1, OTHER, feature="Caisse", effort=50)],
        {"over-capacity"},
    ),
    "too much, had the others not come to nothing": (
        CONDITIONAL,
        {"effort": 50},
        [agreed(1, OTHER, feature="Caisse", effort=50, signable_until=datetime.date(2026, 11, 20))],
        set(),
    ),
    "others would be late": (
        CONDITIONAL,
        {"effort": 50},
        [signed(agreed(1, OTHER, feature="Caisse", effort=60, due=datetime.date(2027, 4, 30)))],
        {"over-capacity"},
    ),
    "the third for one day": (
        CONDITIONAL,
        EFFORT,
        [agreed(n, OTHER, feature=f"Module {n}", effort=5) for n in range(2)],
        {"crowded-date"},
    ),
    "the second": (CONDITIONAL, EFFORT, [agreed(1, OTHER, feature="Caisse", effort=5)], set()),
    "the third within days": (
        CONDITIONAL,
        EFFORT,
        [
            agreed(day, OTHER, feature=f"Module {day}", effort=5, due=datetime.date(2027, 3, day))
            for day in (28, 31)
        ],
        {"crowded-date"},
    ),
    "not within days": (
        CONDITIONAL,
        EFFORT,
        [
            agreed(day, OTHER, feature=f"Module {day}", effort=5, due=datetime.date(2027, 3, day))
            for day in (27, 26)
        ],
        set(),
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_is_told_before_an_agreement(name: str) -> None:
    sample, feature, histories, expected = SITUATIONS[name]
    assert told(histories, deal(sample, **feature)).keys() == expected


PLANNING = "Planning des chambres"
HOTEL = sample_deal(DECLINE).prospect.name
DECLINES: dict[str, tuple[list[History], set[str]]] = {
    "the same reason again": ([declined(1, HOTEL)], {"asked-before"}),
    "another reason": ([declined(1, HOTEL, "no-commitment")], {"asked-before", "reason-differs"}),
    "another reason for others": ([declined(1, OTHER, "no-commitment")], {"asked-before"}),
    "the last reason counts": (
        [
            declined(1, HOTEL, "no-commitment", date=datetime.date(2026, 1, 5)),
            declined(2, HOTEL, date=datetime.date(2026, 6, 5)),
        ],
        {"asked-before"},
    ),
    "promised to others": ([agreed(1, OTHER)], {"asked-before", "promised-elsewhere"}),
}


@pytest.mark.parametrize("name", DECLINES)
def test_what_is_told_before_a_decline(name: str) -> None:
    histories, expected = DECLINES[name]
    about = deal(DECLINE)
    same = [
        replace(
            each,
            entry=replace(each.entry, feature=about.feature.name, request=folded_words(about.feature.name)),
        )
        for each in histories
    ]
    assert told(same, about).keys() == expected


def test_the_letter_itself_does_not_count() -> None:
    about = deal(CONDITIONAL, effort=10)
    reference = compose(about, HOUSE, library=LIBRARY).reference
    own = agreed(1, THEIRS, effort=5)
    assert told([replace(own, entry=replace(own.entry, reference=reference))], about) == {}


def test_a_sentence_names_who_when_what_and_the_day_that_fits() -> None:
    others = [agreed(1, OTHER, feature="Exports FEC", effort=50), agreed(2, "Armor", effort=40)]
    said = told(others, deal(CONDITIONAL, effort=30))
    assert "Cycles Morel (AP-20261113-ABCD1): agreement in principle" in said["asked-before"]
    assert (
        "due by 31 March 2027, not signed yet, as “Exports FEC”, but for small words" in said["asked-before"]
    )
    assert said["over-capacity"].endswith("The earliest day that fits is 25 May 2027.")


def test_in_french_too() -> None:
    with i18n.speaking("fr"):
        said = told([agreed(1, OTHER, effort=90)], deal(CONDITIONAL, effort=30))
    assert "Cycles Morel" in said["asked-before"]
    assert "mars 2027" in said["asked-before"]
    assert "lettre du registre" in said["asked-before"]


@pytest.mark.parametrize("code", ["asked-before", "crowded-date"])
def test_the_house_may_refuse_a_letter_for_any_of_it(code: str) -> None:
    home = house(20, code)
    about = deal(CONDITIONAL, effort=5)
    others = [agreed(n, OTHER, effort=5) for n in range(2)]
    refusals = found(about, home, memory_of(others, TODAY).known_to(about)).refusals
    assert [finding.code for finding in refusals] == [code]


def test_without_names_there_are_references_alone() -> None:
    about = deal(CONDITIONAL, effort=200)
    others = [agreed(n, OTHER, feature="FEC, export", effort=5) for n in range(2)]
    known = memory_of(others, TODAY).known_to(about).without_names()
    text = " ".join(finding.sentence for finding in found(about, house(), known).findings)
    assert OTHER not in text
    assert "“FEC, export”" not in text
    assert "AP-20261113-ABCD1" in text


def test_a_register_that_fails_meanwhile_is_told() -> None:
    def fails(_features: object) -> Sequence[History]:
        raise AccordError("gone")

    memory = memory_of([agreed(1)], TODAY)
    known = Memory(TODAY, fails, memory.requests, memory.owed).known_to(deal(CONDITIONAL))
    assert known.unreachable == "gone"
    codes = {f.code for f in found(deal(CONDITIONAL), house(), known).findings}
    assert codes & {*CODES} == {"register-unreachable", "effort-missing"}


def test_letters_that_leave_together_count_as_far_as_they_stand_above() -> None:
    memory = memory_of([], TODAY)
    deals = [deal(CONDITIONAL, effort=5).model_copy(update={"reference": f"AP-{n}"}) for n in range(3)]
    for place, each in enumerate(deals):
        memory.plan(each, HOUSE, place)
    assert [len(memory.known_to(each, before=n).precedents) for n, each in enumerate(deals)] == [0, 1, 2]
    assert [len(memory.known_to(each, before=n).owed) for n, each in enumerate(deals)] == [0, 1, 2]
    assert memory.known_to(deals[0]).owed[0].effort == 5


def test_the_effort_is_recorded_and_printed_nowhere() -> None:
    with_effort, without = deal(CONDITIONAL, effort=17), deal(CONDITIONAL)
    letters = [compose(each, HOUSE, final=True, library=LIBRARY) for each in (with_effort, without)]
    assert letters[0] == letters[1]
    assert "effort" not in letters[0].data["deal"]["feature"]
    assert "17" not in str(letters[0].data["deal"]["feature"])
    entry: Entry = entry_of(letters[0], with_effort, HOUSE.house, b"", "x.pdf")
    assert entry.effort == 17
    assert entry.value == Decimal(12000)
