"""Who asks the search for help is shown the emergency card, with its numbers, before all pages."""

import re

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from embassy.facts import facts_of
from embassy.models import MissionSettings
from embassy.search.named import Named
from embassy.search.words import folded

# Translators: single words with commas between, in small letters; whoever asks the search for one
# of them wants the emergency card. Give the words of your language, as many as it has.
CALLS = gettext_lazy(
    "emergency, emergencies, urgent, help, sos, police, ambulance, rescue, hotline, 911, 112"
)
# Translators: single words with commas between, in small letters, that may stand beside those of
# “emergency, emergencies, …”: “the emergency number of the embassy”, “I need help”. Give the words
# of your language, as many as it has.
BESIDE = gettext_lazy(
    "card, number, numbers, phone, telephone, contact, contacts, call, line, duty, officer, "
    "embassy, consulate, need, want, i, me, my, us, we, a, an, the, of, for, to, in, at, and, is"
)


def card_by_name(site: Site, words: str) -> Named | None:
    """Give the emergency card to whoever asks for nothing else."""
    if not is_asked_for(words):
        return None
    return Named(
        _("Emergency card"),
        reverse("emergency"),
        _("Whom to call, where to go and what is in force: one page that also opens offline."),
        facts_of(MissionSettings.for_site(site)).emergency_contacts,
    )


def is_asked_for(words: str) -> bool:
    """Whether some words ask for help, and for nothing else that a page may tell of."""
    asked, calls, beside = (set(re.findall(r"\w+", folded(str(t)))) for t in (words, CALLS, BESIDE))
    return bool(asked & calls) and asked <= calls | beside
