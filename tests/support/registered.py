"""A letter of the register."""

import datetime
from decimal import Decimal

from accord.register.entries import Entry
from accord.verify.signed import Signed

ENTRY = Entry(
    reference="ACC-20261113-ABCDE",
    version="BCDF",
    kind="agreement",
    language="fr",
    date=datetime.date(2026, 11, 13),
    prospect="Menuiserie Lefèvre",
    feature="Export comptable au format FEC",
    request="export comptable au format fec",
    path="output/acc.pdf",
    sha256="0" * 64,
    law="FR",
    binding="conditional",
    value=Decimal("12000.00"),
    currency="EUR",
    signable_until=datetime.date(2026, 12, 14),
    due=datetime.date(2027, 3, 31),
    long_stop=datetime.date(2027, 5, 17),
    acceptance_days=15,
)


def signature(field: str, day: datetime.date) -> Signed:
    """A signature that holds, in a field, on a day."""
    return Signed(
        field=field,
        kind="signature",
        intact=True,
        fault="",
        signer="Claire Moreau",
        subject="CN=Claire Moreau",
        issuer="CN=Notaires de Lyon",
        serial="1",
        names_party=True,
        time=f"{day.isoformat()}T09:30:00+01:00",
        clock="signer",
        clock_authority="",
        clock_trust=None,
        covers="whole",
        later="nothing",
        trust="unchecked",
        trusted_by="",
        level="",
        seal=False,
        remark="",
    )
