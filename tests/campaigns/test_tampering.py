"""Letters altered in many ways are seen to be altered, and letters saved anew or signed are not taken for it.

For speed each letter is set in type once, and the viewer looks in the process
of the tests: `verify/test_verify` shows that in a process of its own it says
the same, and each kind of alteration done to a decline.  Here it is done to one of
two agreements in turn.  ACCORD_SEEDS is the number of files of each kind, 1 unless
it says otherwise, each altered at places of its own; those that are byte for byte
the same count once.
"""

import itertools
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from accord.errors import AccordError
from accord.verify import verify
from support import (
    attacked,
    beneath,
    brisk,
    listed,
    misread,
    overlaid,
    resigned,
    respelt,
    services,
    signings,
    tamper,
)
from support.authority import serving
from support.campaign import Tried
from support.letters import pdf
from support.samples import STEMS

AGREEMENTS, DECLINE = ("02-fr-achat-negociation", "05-en-purchase-england"), "12-en-decline-market"
SEEDS = range(1, 1 + int(os.environ.get("ACCORD_SEEDS", "1")))
ALTERATIONS = {**tamper.ALTERATIONS, **beneath.BENEATH, **respelt.PAGES}
SIGNED, ANOTHER = "02-fr-achat-negociation", "06-en-intent-england"
SERVED = "01-fr-abonnement"  # what services do to it is drawn at places of its last page


@pytest.fixture(scope="module")
def letters() -> Iterator[attacked.Letters]:
    with serving() as authority:
        yield signings.to_attack(authority, pdf(SIGNED), pdf(ANOTHER))


@pytest.fixture(autouse=True)
def brisk_verifying(monkeypatch: pytest.MonkeyPatch) -> None:
    brisk.verifying(monkeypatch)


def in_turn(kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Each kind with one of the agreements."""
    return [*zip(kinds, itertools.cycle(AGREEMENTS), strict=False)]


def verdict_on(content: bytes, kind: str, tried: Tried) -> verify.Verdict:
    verdict = verify.verify(content, "letter.pdf")
    tried(kind, verdict.answer)
    return verdict


@pytest.mark.parametrize(("kind", "stem"), in_turn(ALTERATIONS))
def test_an_alteration_is_seen_and_told(kind: str, stem: str, tried: Tried) -> None:
    for content in {tamper.altered(pdf(stem), kind, seed, ALTERATIONS) for seed in SEEDS}:
        verdict = verdict_on(content, kind, tried)
        assert verdict.answer == "altered"
        assert verdict.differences


@pytest.mark.parametrize(("kind", "stem"), in_turn(misread.MISREAD))
def test_what_readers_may_read_otherwise_is_altered(kind: str, stem: str, tried: Tried) -> None:
    for content in {misread.misread(pdf(stem), kind, seed) for seed in SEEDS}:
        verdict = verdict_on(content, kind, tried)
        assert verdict.answer == "altered"
        assert any("viewers may show it differently" in difference for difference in verdict.differences)


@pytest.mark.parametrize("kind", overlaid.OVERLAID)
def test_what_lies_on_a_letter_or_hides_in_it_is_seen_and_told(kind: str, tried: Tried) -> None:
    verdict = verdict_on(tamper.altered(pdf(ANOTHER), kind, 0, overlaid.OVERLAID), kind, tried)
    assert verdict.answer == "altered"
    assert verdict.differences


@pytest.mark.parametrize("kind", listed.OTHERWISE)
def test_objects_that_readers_may_find_otherwise_are_damage(kind: str, tried: Tried) -> None:
    content = listed.made(pdf(DECLINE), kind, listed.OTHERWISE)
    try:
        assert verdict_on(content, kind, tried).answer == "altered"
    except AccordError:
        tried(kind, "refused")


@pytest.mark.parametrize("kind", listed.HONESTLY)
def test_objects_that_all_readers_find_alike_are_none(kind: str, tried: Tried) -> None:
    assert verdict_on(listed.made(pdf(DECLINE), kind, listed.HONESTLY), kind, tried).answer == "intact"


@pytest.mark.parametrize("kind", resigned.RESIGNED)
def test_a_signature_used_for_something_else_is_seen(kind: str, tried: Tried) -> None:
    verdict = verdict_on(resigned.RESIGNED[kind](pdf(ANOTHER)), kind, tried)
    assert verdict.answer == "altered"
    assert verdict.differences


@pytest.mark.parametrize("kind", attacked.ATTACKS)
def test_an_attack_on_a_signed_letter_is_seen(kind: str, letters: attacked.Letters, tried: Tried) -> None:
    try:
        verdict = verdict_on(attacked.ATTACKS[kind](letters), kind, tried)
    except AccordError:
        tried(kind, "refused")
    else:
        assert verdict.answer == "altered"
        assert verdict.differences


@pytest.mark.parametrize("kind", attacked.HONEST)
def test_what_is_honestly_done_to_a_signed_letter_is_no_attack(
    kind: str, letters: attacked.Letters, tried: Tried
) -> None:
    verdict = verdict_on(attacked.HONEST[kind](letters), kind, tried)
    assert (verdict.answer, verdict.differences) == ("intact", ())


@pytest.mark.parametrize("kind", services.REPACKAGED)
def test_a_letter_that_a_service_repackaged_is_told_from_an_altered_one(kind: str, tried: Tried) -> None:
    verdict = verdict_on(services.REPACKAGED[kind](pdf(SERVED)), kind, tried)
    assert (verdict.answer, verdict.differences, verdict.added) == ("repackaged", (), ())
    assert verdict.lost


@pytest.mark.parametrize("kind", services.WITH_ADDITIONS)
def test_what_a_service_added_and_signed_is_told(kind: str, tried: Tried) -> None:
    verdict = verdict_on(services.WITH_ADDITIONS[kind](pdf(SERVED)), kind, tried)
    assert (verdict.answer, verdict.differences) == ("repackaged", ())
    assert verdict.added


@pytest.mark.parametrize("kind", services.FEIGNED)
def test_what_only_passes_for_a_service_s_is_altered(kind: str, tried: Tried) -> None:
    verdict = verdict_on(services.FEIGNED[kind](pdf(SERVED)), kind, tried)
    assert verdict.answer == "altered"
    assert verdict.differences


@pytest.mark.parametrize("stem", [*AGREEMENTS, DECLINE])
def test_what_is_appended_after_a_signature_is_seen(stem: str, tried: Tried) -> None:
    signed = tamper.signed(pdf(stem), "supplier")
    for content in {tamper.appended(signed, seed) for seed in SEEDS}:
        assert verdict_on(content, "appended after a signature", tried).answer == "altered"


@pytest.mark.parametrize("stem", STEMS)
def test_a_letter_saved_anew_is_intact(stem: str, tried: Tried, tmp_path: Path) -> None:
    """In some of the ways to save it, and the next letters in the others."""
    content = pdf(stem)
    assert verdict_on(content, "untouched", tried).answer == "authentic"
    for kind, saved in itertools.islice(tamper.saved_anew(content, tmp_path), STEMS.index(stem) % 4, None, 4):
        verdict = verdict_on(saved, kind, tried)
        assert (verdict.answer, verdict.differences) == ("intact", ())
