"""Dates, amounts and numbers as people type them: the one door to their readers.

What can be read in two ways is refused, never guessed: the answer is an
`AccordError` that says what to write instead, `Ambiguous` where it knows the
readings.
"""

from accord.intake.amounts import Price, amount, price
from accord.intake.answers import Ambiguous
from accord.intake.counts import Term, count, days, term
from accord.intake.days import day

__all__ = ["Ambiguous", "Price", "Term", "amount", "count", "day", "days", "price", "term"]
