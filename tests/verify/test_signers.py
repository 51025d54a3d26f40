"""Who signed, when, what, and whether to trust it: read from signatures that an authority of the tests vouches for."""

import dataclasses
import datetime
import functools
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509

from accord.errors import AccordError
from accord.signing.pades import Evidence
from accord.signing.trust import Trust, TrustedList
from accord.verify import signers
from accord.verify.signed import Signed
from support import signings, trusted_list
from support.authority import NOW, YEAR, Authority, Holder, Kind, serving
from support.letters import pdf
from support.trusted_list import FOR_SEALS, FOR_SIGNATURES, GRANTED, STAMPING, WITHDRAWN, Service

DAY = datetime.timedelta(days=1)
QC = "0606040008e4"  # the arc of EN 319 412-5, whatever follows
COMPLIANT, ON_A_DEVICE = "3008060604008e460101", "3008060604008e460104"
FOR_SEAL = "3013060604008e4601063009060704008e46010602"


def statements(*each: str) -> bytes:
    """Statements of a qualified certificate, in DER: EN 319 412-5."""
    body = bytes.fromhex("".join(each))
    return bytes([0x30, len(body)]) + body


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    with serving() as known:
        yield known


@pytest.fixture(scope="module")
def lists(authority: Authority) -> tuple[bytes, bytes]:
    """The revocation lists of the authority and of the intermediate one, which has revoked a certificate."""
    return authority.revocations(authority.root), authority.revocations(authority.intermediate)


def trusting(authority: Authority, *revocations: bytes, moment: datetime.datetime = NOW) -> Trust:
    return Trust(moment + datetime.timedelta(minutes=1), (authority.root.der,), revocations)


def signed_with(authority: Authority, holder: Holder, evidence: Evidence = signings.B_B) -> bytes:
    return signings.sealed(authority, pdf("01-fr-abonnement"), "supplier", holder, evidence)


def only(content: bytes, trust: Trust) -> Signed:
    (found,) = signers.read(content, "intact", trust)
    return found


USAGES: dict[str, tuple[Kind, datetime.datetime]] = {
    "valid": (Kind(), NOW + YEAR),
    "ended": (Kind(), NOW - DAY),
    "to come": (Kind(since=NOW + DAY), NOW + YEAR),
    "not for signing": (Kind(signs=False), NOW + YEAR),
    "of a web server": (
        Kind(usage=x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.SERVER_AUTH])),
        NOW + YEAR,
    ),
    "for documents": (
        Kind(usage=x509.ExtendedKeyUsage([x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")])),
        NOW + YEAR,
    ),
}


@pytest.mark.parametrize(
    ("certificate", "trust", "said"),
    [
        ("valid", "trusted", "Racine des notaires vouches for it, as of today"),
        ("for documents", "trusted", "Racine des notaires vouches for it"),
        ("ended", "expired", "the certificate of Claire Moreau expired on"),
        ("to come", "not-yet-valid", "the certificate of Claire Moreau is valid from"),
        ("not for signing", "wrong-usage", "was issued for something else than signing"),
        ("of a web server", "wrong-usage", "was issued for something else than signing"),
    ],
)
def test_a_certificate_is_trusted_or_not_in_its_own_words(
    authority: Authority, lists: tuple[bytes, bytes], certificate: str, trust: str, said: str
) -> None:
    kind, until = USAGES[certificate]
    content = signed_with(authority, authority.holder("Claire Moreau", until, kind))
    found = only(content, trusting(authority, *lists))
    assert (found.trust, said in found.remark, found.intact) == (trust, True, True), found
    assert found.level == ("advanced" if trust == "trusted" else "")


def test_what_was_signed_before_its_certificate_began_is_not_trusted_later(
    authority: Authority, lists: tuple[bytes, bytes]
) -> None:
    holder = authority.holder("Claire Moreau", kind=Kind(since=NOW + DAY))
    found = only(signed_with(authority, holder), trusting(authority, *lists, moment=NOW + 2 * DAY))
    assert (found.trust, "which is after it was signed" in found.remark) == ("not-yet-valid", True)


def test_a_certificate_that_its_holder_made_is_trusted_once_it_is_named(authority: Authority) -> None:
    holder = authority.alone("Claire Moreau")
    content = signed_with(authority, holder)
    found = only(content, trusting(authority))
    assert (found.trust, "nobody vouches for the name in it" in found.remark) == ("self-signed", True)
    assert only(content, Trust(NOW + DAY, (holder.der,))).trust == "trusted"


def test_an_authority_that_nobody_named_is_named(authority: Authority) -> None:
    content = signed_with(authority, authority.holder("Claire Moreau"))
    with serving() as other:
        found = only(content, trusting(other))
    assert (found.trust, "Notaires de Lyon" in found.remark) == ("unknown-issuer", True)
    unchecked = only(content, Trust(NOW))
    assert (unchecked.trust, "--trust" in unchecked.remark) == ("unchecked", True)


def test_the_authority_in_between_may_be_the_one_that_is_trusted(
    authority: Authority, lists: tuple[bytes, bytes]
) -> None:
    content = signed_with(authority, authority.holder("Claire Moreau"))
    trust = Trust(NOW + DAY, (authority.intermediate.der,), lists)
    found = only(content, trust)
    assert (found.trust, found.trusted_by) == ("trusted", "Notaires de Lyon")


def test_whether_a_certificate_was_revoked_has_to_be_known(
    authority: Authority, lists: tuple[bytes, bytes]
) -> None:
    root_list, known = lists
    content = signed_with(authority, authority.holder("Claire Moreau"))
    old = authority.revocations(authority.intermediate, NOW - DAY)
    for given, of in (
        ((), "Notaires de Lyon"),
        ((root_list,), "Claire Moreau"),
        ((root_list, old), "Claire Moreau"),
    ):
        found = only(content, trusting(authority, *given))
        assert (found.trust, f"of {of} was revoked; ask" in found.remark) == ("revocation-unknown", True), (
            found
        )
    assert only(content, trusting(authority, root_list, known)).trust == "trusted"


@pytest.mark.parametrize("names_lists", [True, False])
def test_a_revoked_certificate_is_not_trusted(authority: Authority, *, names_lists: bool) -> None:
    holder = authority.holder("Claire Moreau", kind=Kind(lists=names_lists))
    content = signed_with(authority, holder)
    root_list = authority.revocations(authority.root)
    before = authority.revocations(authority.intermediate)
    assert only(content, trusting(authority, root_list, before)).trust == "trusted"
    authority.revoked.append(holder.certificate.serial_number)
    after = authority.revocations(authority.intermediate)
    authority.revoked.clear()
    found = only(content, trusting(authority, root_list, after))
    assert (found.trust, "of Claire Moreau was revoked on" in found.remark) == ("revoked", True), found


def test_where_no_list_is_named_none_is_missed(authority: Authority, lists: tuple[bytes, bytes]) -> None:
    content = signed_with(authority, authority.holder("Claire Moreau", kind=Kind(lists=False)))
    assert only(content, trusting(authority, lists[0])).trust == "trusted"


def test_online_the_authority_is_asked_and_without_it_is_not(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = signed_with(authority, authority.holder("Claire Moreau"))
    trust = dataclasses.replace(trusting(authority), is_online=True)
    assert only(content, trust).trust == "trusted"
    with serving() as gone:
        unheard = signed_with(gone, gone.holder("Claire Moreau"))
    silent = only(unheard, dataclasses.replace(trusting(gone), is_online=True))
    assert (silent.trust, "does not say now whether" in silent.remark) == ("revocation-unknown", True)
    monkeypatch.setattr("socket.socket.connect", None)
    assert only(content, trusting(authority)).trust == "revocation-unknown"


ASKED = Kind(lists=False, answers=True)


@pytest.mark.parametrize(
    ("answer", "trust", "said"),
    [
        ("good", "trusted", "vouches for it"),
        ("revoked", "revoked", "of Claire Moreau was revoked on"),
        ("unknown", "revocation-unknown", "the authority of Claire Moreau does not say now whether"),
        ("none", "revocation-unknown", "does not say now whether"),
    ],
)
def test_online_who_answers_for_a_certificate_is_asked(
    authority: Authority, answer: str, trust: str, said: str
) -> None:
    with serving() as gone:
        asked = gone if answer == "none" else authority
        holder = asked.holder("Claire Moreau", kind=ASKED)
        content = signed_with(asked, holder)
    number = holder.certificate.serial_number
    authority.revoked[:] = [number] if answer == "revoked" else []
    authority.forgotten[:] = [number] if answer == "unknown" else []
    found = only(content, dataclasses.replace(trusting(asked), is_online=True))
    authority.revoked.clear()
    authority.forgotten.clear()
    assert (found.trust, said in found.remark) == (trust, True), found
    offline = only(content, trusting(asked, asked.revocations(asked.root)))
    assert (offline.trust, "ask its authority now (--online)" in offline.remark) == (
        "revocation-unknown",
        True,
    )


def test_what_an_authority_answered_is_kept_in_the_file(authority: Authority) -> None:
    lasting = Evidence(f"{authority.address}/tsa", (authority.root.der,))
    holder = authority.holder("Claire Moreau", NOW + 9 * DAY, ASKED)
    content = signed_with(authority, holder, lasting)
    assert b"/OCSPs" in content
    for moment in (NOW, NOW + 10 * DAY, NOW + 3 * YEAR):
        found = only(content, trusting(authority, moment=moment))
        assert (found.trust, found.clock_trust) == ("trusted", "trusted"), found
    authority.revoked.append(holder.certificate.serial_number)
    with pytest.raises(AccordError, match="the certificate was revoked"):
        signed_with(authority, holder, lasting)
    authority.revoked.clear()


def test_what_the_file_keeps_proves_it_in_years_to_come(authority: Authority) -> None:
    lasting = Evidence(f"{authority.address}/tsa", (authority.root.der,))
    holder = authority.holder("Claire Moreau", NOW + 9 * DAY)
    content = signed_with(authority, holder, lasting)
    for moment in (NOW, NOW + 10 * DAY, NOW + 3 * YEAR):
        found = only(content, trusting(authority, moment=moment))
        assert (found.trust, found.clock, found.clock_trust) == ("trusted", "authority", "trusted"), found
        assert (found.clock_authority, "as of today" in found.remark) == ("Horodatage", False)
    plain = signed_with(authority, holder)
    lists = authority.revocations(authority.root), authority.revocations(authority.intermediate)
    found = only(plain, trusting(authority, *lists, moment=NOW + 10 * DAY))
    assert (found.trust, found.clock, "with a time stamp" in found.remark) == ("expired", "signer", True)


def test_a_certificate_revoked_after_the_time_stamp_was_valid_when_it_signed(authority: Authority) -> None:
    holder = authority.holder("Claire Moreau")
    stamped = signed_with(authority, holder, Evidence(f"{authority.address}/tsa"))
    plain = signed_with(authority, holder)
    root_list = authority.revocations(authority.root, NOW + YEAR)
    authority.revoked.append(holder.certificate.serial_number)
    after = authority.revocations(authority.intermediate, NOW + YEAR, of_day=NOW + DAY)
    authority.revoked.clear()
    trust = trusting(authority, root_list, after, moment=NOW + 2 * DAY)
    assert (only(stamped, trust).trust, only(plain, trust).trust) == ("trusted", "revoked")


def test_a_time_stamp_of_nobody_proves_nothing(authority: Authority, lists: tuple[bytes, bytes]) -> None:
    with serving() as other:
        holder = authority.holder("Claire Moreau", NOW + DAY)
        content = signed_with(authority, holder, Evidence(f"{other.address}/tsa"))
    found = only(content, trusting(authority, *lists, moment=NOW))
    assert (found.trust, found.clock_trust) == ("trusted", "unknown-issuer")
    late = only(content, trusting(authority, *lists, moment=NOW + 2 * DAY))
    assert late.trust == "expired"


def test_each_signature_says_what_it_covers(authority: Authority) -> None:
    letter = pdf("01-fr-abonnement")
    one = signings.sealed(authority, letter, "prospect", authority.holder("LEFEVRE Paul"))
    both = signings.sealed(
        authority, one, "supplier", authority.holder("Zoé Ŝtelo", ORGANIZATION_NAME="Autre")
    )
    supplier, prospect = signers.read(both, "intact", Trust(NOW))
    assert (supplier.covers, supplier.later, supplier.names_party) == ("whole", "nothing", False)
    assert (prospect.covers, prospect.later, prospect.names_party) == ("earlier", "harmless", True)
    assert (supplier.subject, supplier.issuer) == ("O=Autre,CN=Zoé Ŝtelo", "CN=Notaires de Lyon")
    assert [each.later for each in signers.read(both, "altered", Trust(NOW))] == ["nothing", "harmful"]
    assert [each.later for each in signers.read(both, "foreign", Trust(NOW))] == ["nothing", "unknown"]
    assert supplier.clock == "signer"
    assert supplier.time.startswith(f"{NOW:%Y-%m-%d}") or NOW.hour in {0, 23}


def test_a_signature_of_other_bytes_is_told_and_not_trusted(
    authority: Authority, lists: tuple[bytes, bytes]
) -> None:
    content = signed_with(authority, authority.holder("Claire Moreau"))
    broken = content.replace(b"/Lang (fr", b"/Lang (fX", 1)
    assert broken != content
    found = only(broken, trusting(authority, *lists))
    assert (found.intact, found.covers, found.trust, found.level) == (False, "nothing", "unchecked", "")
    assert (bool(found.fault), found.remark, found.signer) == (True, "", "Claire Moreau")


def test_a_file_without_signatures_has_none() -> None:
    assert signers.read(pdf("01-fr-abonnement"), "authentic", Trust(NOW)) == ()
    assert signers.read(b"%PDF-1.7\nnonsense", "foreign", Trust(NOW)) == ()


@pytest.mark.parametrize("seed", range(8))
def test_what_makes_no_sense_is_told_and_never_trusted(
    authority: Authority, lists: tuple[bytes, bytes], seed: int
) -> None:
    """Of a signature of which some digits are others, nothing fails, and nothing is trusted but what it said before: a few of its digits say nothing."""
    content = signed_with(authority, authority.holder("Claire Moreau"))
    start = content.rindex(b"/Contents <") + 11
    length = content.index(b">", start) - start
    rng = random.Random(seed)  # noqa: S311
    trust = trusting(authority, *lists)
    sound = only(content, trust)
    for _each in range(12):
        changed = bytearray(content)
        for place in rng.sample(range(start, start + min(length, 7000)), rng.choice([1, 3, 40])):
            changed[place] = rng.choice([each for each in b"0123456789abcdef" if each != changed[place]])
        for found in signers.read(bytes(changed), "intact", trust):
            assert found.trust != "trusted" or found == sound, found


# --- Trusted lists -----------------------------------------------------------------


@functools.cache
def operator() -> Holder:
    return Authority("http://nobody.example").alone("Organe de contrôle")


def listed(*services: Service, name: str = "fr.xml", **how: datetime.datetime) -> TrustedList:
    return TrustedList(name, trusted_list.made(operator(), services, **how))


@pytest.mark.parametrize(
    ("kind", "service", "level", "seal"),
    [
        (Kind(), {}, "advanced", False),
        (Kind(statements=statements(COMPLIANT)), {}, "advanced-qualified-certificate", False),
        (Kind(statements=statements(COMPLIANT, ON_A_DEVICE)), {}, "qualified", False),
        (Kind(statements=statements(ON_A_DEVICE)), {}, "advanced", False),
        (Kind(statements=statements(COMPLIANT, ON_A_DEVICE, FOR_SEAL)), {}, "qualified", True),
        (Kind(statements=statements(COMPLIANT, ON_A_DEVICE)), {"purpose": FOR_SEALS}, "advanced", False),
    ],
)
def test_a_trusted_list_says_the_level(  # noqa: PLR0913 - one argument per column
    authority: Authority,
    lists: tuple[bytes, bytes],
    kind: Kind,
    service: dict[str, str],
    level: str,
    *,
    seal: bool,
) -> None:
    content = signed_with(authority, authority.holder("Claire Moreau", kind=kind))
    fr = listed(Service(authority.intermediate, **service))
    found = only(content, Trust(NOW + DAY, (operator().der,), lists, (fr,)))
    assert (found.trust, found.level, found.seal) == ("trusted", level, seal), found
    assert found.trusted_by == "Notaires de Lyon"


def test_a_house_that_trusts_an_authority_does_not_make_it_qualified(
    authority: Authority, lists: tuple[bytes, bytes]
) -> None:
    kind = Kind(statements=statements(COMPLIANT, ON_A_DEVICE))
    content = signed_with(authority, authority.holder("Claire Moreau", kind=kind))
    assert only(content, trusting(authority, *lists)).level == "advanced"


@pytest.mark.parametrize(
    ("service", "trust"),
    [
        ({"status": WITHDRAWN}, "unknown-issuer"),
        ({"since": NOW + 5 * DAY}, "not-listed"),
        ({"kind": STAMPING}, "unknown-issuer"),
        ({"since": NOW}, "trusted"),
    ],
)
def test_a_service_counts_while_it_is_granted(
    authority: Authority, lists: tuple[bytes, bytes], service: dict[str, str], trust: str
) -> None:
    content = signed_with(authority, authority.holder("Claire Moreau"))
    fr = listed(Service(authority.intermediate, **service))
    assert only(content, Trust(NOW + DAY, (operator().der,), lists, (fr,))).trust == trust


@pytest.mark.parametrize(
    ("since", "stamped", "trust"),
    [(NOW + DAY, True, "trusted"), (NOW + DAY, False, "not-listed"), (NOW - DAY, True, "not-listed")],
)
def test_a_service_withdrawn_later_counts_for_what_was_stamped_before(
    authority: Authority, lists: tuple[bytes, bytes], since: datetime.datetime, trust: str, *, stamped: bool
) -> None:
    kind = Kind(statements=statements(COMPLIANT, ON_A_DEVICE))
    evidence = Evidence(f"{authority.address}/tsa") if stamped else signings.B_B
    content = signed_with(authority, authority.holder("Claire Moreau", kind=kind), evidence)
    issuing = Service(
        authority.intermediate, status=WITHDRAWN, since=since, before=((GRANTED, NOW - 2 * YEAR),)
    )
    fr = listed(issuing, Service(authority.stamper, STAMPING), Service(authority.root, STAMPING))
    found = only(content, Trust(NOW + 2 * DAY, (operator().der,), lists, (fr,)))
    assert (found.trust, found.level) == (trust, "qualified" if trust == "trusted" else ""), found
    assert ("did not vouch for Notaires de Lyon" in found.remark) == (trust == "not-listed")


@pytest.mark.parametrize(
    ("made", "qualifiers", "level"),
    [
        ((COMPLIANT,), ("QCWithQSCD",), "qualified"),
        ((COMPLIANT, ON_A_DEVICE), ("QCNoQSCD",), "advanced-qualified-certificate"),
        ((COMPLIANT,), ("QCQSCDStatusAsInCert", "QCForESig"), "advanced-qualified-certificate"),
        ((), ("QCStatement", "QCForESig", "QCWithQSCD"), "qualified"),
        ((COMPLIANT, ON_A_DEVICE), ("NotQualified",), "advanced"),
        ((COMPLIANT, ON_A_DEVICE), ("QCForESeal",), "advanced"),
    ],
)
def test_what_a_list_says_of_certificates_counts_more_than_they_say(
    authority: Authority,
    lists: tuple[bytes, bytes],
    made: tuple[str, ...],
    qualifiers: tuple[str, ...],
    level: str,
) -> None:
    kind = Kind(statements=statements(*made) if made else b"")
    content = signed_with(authority, authority.holder("Claire Moreau", kind=kind))
    issuing = Service(authority.intermediate, purpose=FOR_SIGNATURES, qualifiers=qualifiers)
    other = Service(authority.root, status=WITHDRAWN, before=((GRANTED, NOW - 3 * YEAR),))
    found = only(content, Trust(NOW + DAY, (operator().der,), lists, (listed(other, issuing),)))
    assert (found.trust, found.level) == ("trusted", level), found


def test_a_time_stamping_service_of_a_list_is_trusted(
    authority: Authority, lists: tuple[bytes, bytes]
) -> None:
    content = signed_with(authority, authority.holder("Claire Moreau"), Evidence(f"{authority.address}/tsa"))
    fr = listed(Service(authority.intermediate), Service(authority.stamper, STAMPING))
    found = only(content, Trust(NOW + DAY, (operator().der,), lists, (fr,)))
    assert (found.clock, found.clock_trust, found.trust) == ("authority", "trusted", "trusted")


def test_the_list_of_the_lists_vouches_for_the_lists(
    authority: Authority, lists: tuple[bytes, bytes]
) -> None:
    commission = authority.alone("Commission")
    content = signed_with(authority, authority.holder("Claire Moreau"))
    fr = listed(Service(authority.intermediate))
    eu = TrustedList("eu.xml", trusted_list.of_lists(commission, [operator()]))
    assert only(content, Trust(NOW + DAY, (commission.der,), lists, (fr, eu))).trust == "trusted"
    with pytest.raises(AccordError, match=r"^eu\.xml: is not signed by anybody who is trusted"):
        only(content, Trust(NOW + DAY, (operator().der,), lists, (fr, eu)))


FAULTS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "changed": (lambda content: content.replace(b"A service", b"B service"), "is not signed by anybody"),
    "without its signature": (
        lambda content: content[: content.index(b"<ds:Signature")] + b"</TrustServiceStatusList>",
        "is not signed by anybody",
    ),
    "cut off": (lambda content: content[:900], "is no trusted list"),
    "a page": (lambda _content: b"<html></html>", "is no trusted list"),
    "a picture": (lambda _content: b"\x89PNG\xff", "is no trusted list"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_list_that_cannot_be_used_is_refused(authority: Authority, fault: str) -> None:
    change, said = FAULTS[fault]
    fr = listed(Service(authority.intermediate))
    content = signed_with(authority, authority.holder("Claire Moreau"))
    with pytest.raises(AccordError, match=f"^fr\\.xml: {said}"):
        only(content, Trust(NOW, (operator().der,), (), (TrustedList("fr.xml", change(fr.content)),)))


def test_a_list_of_which_nobody_named_the_operator_is_refused(authority: Authority) -> None:
    content = signed_with(authority, authority.holder("Claire Moreau"))
    with pytest.raises(AccordError, match="give the certificate of its operator"):
        only(content, trusting(authority).__class__(NOW, (authority.root.der,), (), (listed(),)))


def test_files_and_folders_say_whom_to_trust(authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(authority.root.pem)
    (tmp_path / "root.crl").write_bytes(authority.revocations(authority.root))
    (tmp_path / "fr.xml").write_bytes(b"<TrustServiceStatusList/>")
    (tmp_path / "notes.txt").write_text("nothing", "utf-8")
    trust = Trust(NOW).with_files([tmp_path])
    assert (len(trust.certificates), len(trust.revocations), len(trust.lists)) == (1, 1, 1)
    assert Trust(NOW).with_files([], [tmp_path / "fr.xml"]).lists == trust.lists
    (tmp_path / "bad.crl").write_bytes(b"nothing")
    with pytest.raises(AccordError, match=r"bad\.crl: is no revocation list"):
        Trust(NOW).with_files([tmp_path])
    (tmp_path / "empty").mkdir()
    with pytest.raises(AccordError, match="empty: holds no certificate"):
        Trust(NOW).with_files([tmp_path / "empty"])
