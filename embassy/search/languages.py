"""The rules of languages: word stems and no accents for each, and one rule for any other."""

import re

CONFIGS = {"en": "en_unaccent", "fr": "fr_unaccent"}
ANY_LANGUAGE = "simple_unaccent"


def config_for(language: str) -> str:
    """Give the text search configuration of a language."""
    return CONFIGS.get(language, ANY_LANGUAGE)


# Words that mean nothing by themselves and that PostgreSQL's list of a language lacks.
FRENCH = """
les cet cette cettes si donc dont car puis or ni cela ça ca ceci celui celle ceux celles ils elles
lequel laquelle lesquels lesquelles quel quelle quels quelles quand comment quoi où
"""
MEAN_NOTHING = {"fr": frozenset(FRENCH.split())}
WORD = re.compile(r"[^\W\d_]+")


def telling(words: str, language: str) -> str:
    """Give some words without those that mean nothing in a language."""
    nothing = MEAN_NOTHING.get(language, frozenset())
    return WORD.sub(lambda word: "" if word[0].lower() in nothing else word[0], words)
