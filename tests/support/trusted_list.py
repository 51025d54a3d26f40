"""Trusted lists, as national authorities publish them: ETSI TS 119 612, signed by XAdES."""

import base64
import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization
from lxml import etree
from pyhanko.sign.validation.qualified.eutl_parse import LOTL_RULE
from signxml import methods
from signxml.xades import XAdESSigner

from support.authority import NOW, YEAR, Holder

SPACE = "http://uri.etsi.org/02231/v2#"
BASE = "http://uri.etsi.org/TrstSvc"
GRANTED, WITHDRAWN = (f"{BASE}/TrustedList/Svcstatus/{status}" for status in ("granted", "withdrawn"))
ISSUING, STAMPING = f"{BASE}/Svctype/CA/QC", f"{BASE}/Svctype/TSA/QTST"
FOR_SEALS, FOR_SIGNATURES = (f"{BASE}/TrustedList/SvcInfoExt/Fore{kind}" for kind in ("Seals", "Signatures"))


@dataclass(frozen=True)
class Service:
    """A service of a provider: whose certificate, what it does, and how it stands since when.

    `before` is how it stood earlier, the latest first; `qualifiers` says what its certificates for signing are.
    """

    holder: Holder
    kind: str = ISSUING
    status: str = GRANTED
    since: datetime.datetime = NOW - 2 * YEAR
    purpose: str = ""
    before: Sequence[tuple[str, datetime.datetime]] = ()
    qualifiers: Sequence[str] = ()


def made(operator: Holder, services: Sequence[Service], until: datetime.datetime = NOW + YEAR) -> bytes:
    """A list of these services, signed by its operator."""
    listed = "".join(map(_service, services))
    return _signed(
        operator,
        f"<SchemeInformation>{_head(until)}</SchemeInformation><TrustServiceProviderList><TrustServiceProvider>"
        f"<TSPInformation/><TSPServices>{listed}</TSPServices>"
        "</TrustServiceProvider></TrustServiceProviderList>",
    )


def of_lists(commission: Holder, operators: Sequence[Holder]) -> bytes:
    """A list of the lists that these operators sign."""
    identities = "".join(
        f"<ServiceDigitalIdentity>{_identity(each)}</ServiceDigitalIdentity>" for each in operators
    )
    return _signed(
        commission,
        f"""<SchemeInformation><SchemeInformationURI><URI xml:lang="en">http://lists.example</URI></SchemeInformationURI>
        <SchemeTypeCommunityRules><URI xml:lang="en">{LOTL_RULE}</URI></SchemeTypeCommunityRules>
        <PointersToOtherTSL><OtherTSLPointer>
        <ServiceDigitalIdentities>{identities}</ServiceDigitalIdentities>
        <TSLLocation>http://lists.example/fr.xml</TSLLocation>
        <AdditionalInformation>
        <OtherInformation><SchemeTerritory>FR</SchemeTerritory></OtherInformation>
        <OtherInformation><x:MimeType xmlns:x="http://uri.etsi.org/02231/v2/additionaltypes#"
        >application/vnd.etsi.tsl+xml</x:MimeType></OtherInformation>
        </AdditionalInformation></OtherTSLPointer></PointersToOtherTSL>{_head(NOW + YEAR)}</SchemeInformation>""",
    )


def _head(until: datetime.datetime) -> str:
    return (
        f"<ListIssueDateTime>{NOW:%Y-%m-%dT%H:%M:%SZ}</ListIssueDateTime>"
        f"<NextUpdate><dateTime>{until:%Y-%m-%dT%H:%M:%SZ}</dateTime></NextUpdate>"
    )


def _identity(holder: Holder) -> str:
    return (
        f"<DigitalId><X509Certificate>{base64.b64encode(holder.der).decode()}</X509Certificate></DigitalId>"
    )


def _service(service: Service) -> str:
    stood = [(service.status, service.since), *service.before]
    now, *before = (_information(service, *each) for each in stood)
    history = "".join(f"<ServiceHistoryInstance>{each}</ServiceHistoryInstance>" for each in before)
    return f"""<TSPService><ServiceInformation>{now}</ServiceInformation>
    {f"<ServiceHistory>{history}</ServiceHistory>" if history else ""}</TSPService>"""


def _information(service: Service, status: str, since: datetime.datetime) -> str:
    extensions = "".join(
        f'<Extension Critical="true">{each}</Extension>'
        for each in (
            service.purpose
            and f"""<AdditionalServiceInformation>
            <URI xml:lang="en">{service.purpose}</URI></AdditionalServiceInformation>""",
            service.qualifiers and _qualifications(service.qualifiers),
        )
        if each
    )
    return f"""<ServiceTypeIdentifier>{service.kind}</ServiceTypeIdentifier>
    <ServiceName><Name xml:lang="en">A service</Name></ServiceName>
    <ServiceDigitalIdentity>{_identity(service.holder)}</ServiceDigitalIdentity>
    <ServiceStatus>{status}</ServiceStatus>
    <StatusStartingTime>{since:%Y-%m-%dT%H:%M:%SZ}</StatusStartingTime>
    {f"<ServiceInformationExtensions>{extensions}</ServiceInformationExtensions>" if extensions else ""}"""


def _qualifications(qualifiers: Sequence[str]) -> str:
    """Of certificates that are for signing: ETSI TS 119 612, 5.5.9.2."""
    named = "".join(f'<q:Qualifier uri="{BASE}/TrustedList/SvcInfoExt/{each}"/>' for each in qualifiers)
    return f"""<q:Qualifications xmlns:q="{BASE}/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#">
    <q:QualificationElement><q:Qualifiers>{named}</q:Qualifiers><q:CriteriaList assert="all"><q:KeyUsage>
    <q:KeyUsageBit name="nonRepudiation">true</q:KeyUsageBit></q:KeyUsage></q:CriteriaList>
    </q:QualificationElement></q:Qualifications>"""


def _signed(operator: Holder, inner: str) -> bytes:
    root = etree.fromstring(
        f'<TrustServiceStatusList xmlns="{SPACE}" Id="list">{inner}</TrustServiceStatusList>'
    )
    key = operator.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = XAdESSigner(method=methods.enveloped)
    signed = signer.sign(root, key=key, cert=operator.pem.decode())
    return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")
