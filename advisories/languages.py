"""In which languages a warning is written: those of its mission, a text in each at most."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from embassy.language.languages import language_name


def not_spoken(code: str, spoken: Sequence[str]) -> str:
    """Say that a mission does not speak a language, and which ones it does; else nothing."""
    if code in spoken:
        return ""
    sentence = _("%(language)s is not a language of this mission. Choose one of its own: %(own)s.")
    own = ", ".join(language_name(one) for one in spoken)
    return sentence % {"language": language_name(code), "own": own}


def repeated(codes: Sequence[str]) -> str:
    """Say that there is no text at all, or more than one in a language; else nothing."""
    if not codes:
        return _("Write the text in at least one language.")
    if len(set(codes)) != len(codes):
        return _("There are two texts in one language. Keep one of them.")
    return ""


def fault_in(codes: Sequence[str], spoken: Sequence[str]) -> str:
    """Say what is wrong with the languages of a warning's texts; nothing when all is well."""
    strange = (sentence for code in codes if (sentence := not_spoken(code, spoken)))
    return repeated(codes) or next(strange, "")
