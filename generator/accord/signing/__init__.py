"""Electronic signatures in PDFs: keys, and what is written with them (extra "sign")."""

from collections.abc import Iterator
from contextlib import contextmanager

from accord.errors import MachineLacks
from accord.i18n import _

EXTRA = '"accord[sign]"'


@contextmanager
def of_the_extra() -> Iterator[None]:
    """Around imports: `MachineLacks`, with the remedy, for a library that only the extra brings."""
    try:
        yield
    except ImportError:
        sentence = _("To sign, a library more is needed; install it: pip install {extra}")
        raise MachineLacks(sentence.format(extra=EXTRA)) from None
