"""Texts that print in letters of several languages: one text for all, or one for each language."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BeforeValidator, TypeAdapter

from accord.domain.base import StrictModel, invalid, optional
from accord.domain.choices import Language
from accord.domain.fields import SingleLine
from accord.errors import Defect
from accord.i18n import N_, _


class Texts(StrictModel):
    """One text for each language of the letters."""

    fr: SingleLine | None = optional(N_("in French"))
    en: SingleLine | None = optional(N_("in English"))


_LINE = TypeAdapter[str](SingleLine)


def _one_or_each(value: object) -> object:
    """What `value` is in itself: pydantic would report what is wrong with it for both types of the union."""
    if not isinstance(value, Mapping):
        return value if isinstance(value, Texts) else _LINE.validate_python(value)
    texts = Texts.model_validate(value)
    if texts == Texts():
        raise invalid(_('is empty; write a text for each language: { fr = "…", en = "…" }'))
    return texts


Translatable: TypeAlias = Annotated[SingleLine | Texts, BeforeValidator(_one_or_each)]
"""One text for the letters of every language, or a table with one for each."""

_Model = TypeVar("_Model", bound=StrictModel)


def in_language(text: str | Texts | None, language: Language) -> str | None:
    """The text to print in letters of a language; None for none.

    Raises `Defect` where there are texts, but none in that language.
    """
    if not isinstance(text, Texts):
        return text
    own: str | None = getattr(text, language)
    if own is None:
        sentence = _('has no text in the language of the letter; write it: {language} = "…"')
        raise Defect(sentence.format(language=language))
    return own


def spoken(model: _Model, language: Language) -> _Model:
    """A table with its texts in one language; one that lacks the language stays as it is."""
    changes: dict[str, Any] = {}
    for name in type(model).model_fields:
        value = own = getattr(model, name)
        if isinstance(value, Texts):
            own = getattr(value, language) or value
        elif isinstance(value, StrictModel):
            own = spoken(value, language)
        if own is not value:
            changes[name] = own
    return model.model_copy(update=changes) if changes else model
