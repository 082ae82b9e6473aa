"""The rules of languages: word stems and no accents for each, and one rule for any other."""

CONFIGS = {"en": "en_unaccent", "fr": "fr_unaccent"}
ANY_LANGUAGE = "simple_unaccent"


def config_for(language: str) -> str:
    """Give the text search configuration of a language."""
    return CONFIGS.get(language, ANY_LANGUAGE)
