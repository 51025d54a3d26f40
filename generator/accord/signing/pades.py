"""PAdES signatures: ETSI EN 319 142-1, levels B-B, B-T and B-LT.

What is signed is written after the file as it is, so that signatures made
before stay valid (ISO 32000-1, 12.8.1).
"""

import asyncio
import io
import logging
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accord.errors import AccordError
from accord.i18n import _
from accord.signing import of_the_extra
from accord.signing.keys import Key
from accord.text.characters import excerpt

TEXT_SIZE = 9  # points
LEADING = 12  # points
INSET = 4  # points between the frame of the field and its text
SECONDS = 20  # to wait for a time stamp


@dataclass(frozen=True)
class Evidence:
    """What makes a signature last: where a time stamp is asked for, and whose certificates are taken for true.

    With `roots`, what proves that no certificate was revoked is fetched from the
    authorities and kept in the file (B-LT); each root is a certificate in DER.
    """

    stamper: str = ""
    roots: Sequence[bytes] = ()


@dataclass(frozen=True)
class Stamp:
    """What the field shows.

    `lines` makes it of the signer's certificate (asn1crypto's), or raises
    `AccordError` where this one may not sign; `font` is an OpenType file that has
    all its letters.
    """

    lines: Callable[[Any], Sequence[str]]
    font: Path


def sign(content: bytes, key: Key, field: str, stamp: Stamp, evidence: Evidence) -> tuple[bytes, Any]:
    """The PDF `content` with a signature in its empty field of this name, and the certificate of who signed (asn1crypto's).

    Raises `AccordError` for a key that cannot be used, or that the stamp refuses, and for a service that does
    not answer.
    """
    return asyncio.run(_sign(content, key, field, stamp, evidence))


async def _sign(content: bytes, key: Key, field: str, stamp: Stamp, evidence: Evidence) -> tuple[bytes, Any]:
    import aiohttp  # noqa: PLC0415 - pyHanko takes a third of a second to import: only where something is signed
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import signers, timestamps  # noqa: PLC0415
    from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415
    from pyhanko.sign.general import SigningError  # noqa: PLC0415

    logging.getLogger("pyhanko").addHandler(
        logging.NullHandler()
    )  # what goes wrong is raised, or is ours to say
    async with AsyncExitStack() as stack:
        signer = await key.open(stack)
        text = "\n".join(stamp.lines(signer.signing_cert))
        metadata = signers.PdfSignatureMetadata(
            field_name=field,
            subfilter=SigSeedSubFilter.PADES,
            embed_validation_info=bool(evidence.roots),
            validation_context=await _context(evidence.roots, stack),
        )
        web = await stack.enter_async_context(aiohttp.ClientSession())
        stamper = None
        if evidence.stamper:
            stamper = timestamps.HTTPTimeStamper(evidence.stamper, timeout=SECONDS, session=web)
        try:
            out: io.BytesIO = await signers.PdfSigner(
                metadata, signer, timestamper=stamper, stamp_style=_style(stamp.font)
            ).async_sign_pdf(
                IncrementalPdfFileWriter(io.BytesIO(content)),
                existing_fields_only=True,
                appearance_text_params={"text": text},
            )
        except (timestamps.TimestampRequestError, aiohttp.ClientError, TimeoutError):
            sentence = _(
                "The time stamping service {url} does not answer as one should; check the address (--tsa), or sign"
                " without it."
            )
            raise AccordError(sentence.format(url=excerpt(evidence.stamper))) from None
        except SigningError as error:
            raise AccordError(_reason(error)) from None
    return out.getvalue(), signer.signing_cert


def _reason(error: Exception) -> str:
    """Why nothing was signed, as a sentence."""
    from pyhanko_certvalidator import errors  # noqa: PLC0415

    match error.__cause__:
        case errors.RevokedError():
            return _("Nothing was signed: the certificate was revoked; ask its issuer for another one.")
        case errors.PathBuildingError():
            return _(
                "Nothing was signed: the certificate was issued by none of the authorities given; add theirs to --lasting."
            )
        case errors.ValidationError():
            return _(
                "Nothing was signed: whether a certificate was revoked cannot be learnt from its issuer now; try again,"
                " or sign without --lasting."
            )
    sentence = _("Nothing was signed: the key did not sign ({reason}).")
    return sentence.format(reason=excerpt(str(error), 200).rstrip("."))


async def _context(roots: Sequence[bytes], stack: AsyncExitStack) -> Any:
    """How certificates are proved before signing; None where nothing is to be proved."""
    if not roots:
        return None
    from asn1crypto import x509  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots],
        allow_fetching=True,
        revocation_mode="hard-fail",
    )
    stack.push_async_callback(context.aclose)
    return context


def _style(font: Path) -> Any:
    """What the field shows: lines of text in a font that goes into the file, as PDF/A wants it (ISO 19005-3, 6.2.11.4)."""
    with of_the_extra():
        from pyhanko.pdf_utils import layout  # noqa: PLC0415
        from pyhanko.pdf_utils.font.api import FontEngineFactory  # noqa: PLC0415
        from pyhanko.pdf_utils.font.opentype import GlyphAccumulator  # noqa: PLC0415
        from pyhanko.pdf_utils.text import TextBoxStyle  # noqa: PLC0415
        from pyhanko.stamp import TextStampStyle  # noqa: PLC0415

    class Font(FontEngineFactory):  # pyHanko’s own leaves the file open
        def create_font_engine(self, writer: Any, obj_stream: Any = None) -> Any:
            return GlyphAccumulator(writer, io.BytesIO(font.read_bytes()), TEXT_SIZE, obj_stream=obj_stream)

    def placed(inset: int) -> layout.SimpleBoxLayoutRule:
        left, middle = layout.AxisAlignment.ALIGN_MIN, layout.AxisAlignment.ALIGN_MID
        return layout.SimpleBoxLayoutRule(left, middle, layout.Margins(inset, inset, inset, inset))

    text = TextBoxStyle(
        font=Font(),
        font_size=TEXT_SIZE,
        leading=LEADING,
        box_layout_rule=placed(0),
    )
    return TextStampStyle(
        stamp_text="%(text)s",
        border_width=0,
        background=None,
        text_box_style=text,
        inner_content_layout=placed(INSET),
    )
