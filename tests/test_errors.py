"""Errors: a predicate becomes a sentence, and what it is about is never cut out of a text again."""

from accord.errors import AccordError, Defect, Fault, LegalHold


def test_a_defect_is_made_a_sentence_about_a_file_and_a_key() -> None:
    error = Defect("does not exist; check the name").about("deal.toml", "brand.logo")
    assert error.faults == (Fault("deal.toml", "brand.logo", "does not exist; check the name"),)
    assert str(error) == "deal.toml: brand.logo: does not exist; check the name"
    assert error.exit_code == AccordError.exit_code


def test_a_fault_does_not_repeat_a_name_that_is_given_already() -> None:
    fault = Fault("a.pdf", "logo", "is a damaged PNG picture")
    assert fault.within("a.pdf") == "logo: is a damaged PNG picture"
    assert fault.within("b.pdf") == "a.pdf: logo: is a damaged PNG picture"


def test_a_legal_hold_says_where_it_lies() -> None:
    hold = LegalHold(Fault("deal.toml", "prospect.kind", "ask legal."), "consumer", "FR")
    assert str(hold) == "deal.toml: prospect.kind: ask legal."
    assert [fault.key for fault in hold.faults] == ["prospect.kind"]
