"""How hard a text is to read, by formulas known for each language.

English: the Flesch–Kincaid grade (Kincaid, Fishburne, Rogers and Chissom 1975, for the U.S. Navy),
0.39 × words per sentence + 11.8 × syllables per word − 15.59: years of school. French: Kandel and
Moles' reading ease (1958), 207 − 1.015 × words per sentence − 73.6 × syllables per word: 100 is
easy, 30 is for scholars. Syllables are estimated by groups of vowels, which is near enough for a
hint; a library that counts them by dictionaries would weigh more than the hint is worth.
"""

import re
from dataclasses import dataclass

ENOUGH = 100  # words below which a formula says nothing
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
SENTENCE = re.compile(r"[.!?…]+(?=\s|$)|\n+")
VOWELS = {"en": re.compile(r"[aeiouy]+"), "fr": re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")}
SILENT = {"en": re.compile(r"(?<=[^aeiouyl])e$|es$|ed$"), "fr": re.compile(r"(e|es|ent)$")}
HARD_GRADE, HARD_EASE = 12, 40


@dataclass(frozen=True)
class Reading:
    """How hard a text is: its grade in English, its ease from 0 in French, and its sentences."""

    value: float
    is_hard: bool
    words_per_sentence: float


def reading_of(text: str, language: str) -> Reading | None:
    """Judge a text of plain words; None for too short a text, or another language."""
    words = WORD.findall(text.lower())
    if len(words) < ENOUGH or language not in VOWELS:
        return None
    sentences = max(1, sum(1 for part in SENTENCE.split(text) if WORD.search(part)))
    long = len(words) / sentences
    heavy = sum(syllables_of(word, language) for word in words) / len(words)
    if language == "fr":
        ease = 207 - 1.015 * long - 73.6 * heavy
        return Reading(max(0, ease), ease < HARD_EASE, long)
    grade = 0.39 * long + 11.8 * heavy - 15.59
    return Reading(grade, grade > HARD_GRADE, long)


def syllables_of(word: str, language: str) -> int:
    """Estimate the syllables of a word: its groups of vowels, without silent endings."""
    spoken = SILENT[language].sub("", word)
    return max(1, len(VOWELS[language].findall(spoken)))
