"""The facts of a mission that every page shows, kept in memory for as long as they are true.

A trigger in the database changes `FactsVersion` with every change of a fact. Each request reads the
version along with the mission's settings; facts are read again only when it has changed. So a
changed number shows on the next request of every process, and nothing needs to be purged.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.http.request import split_domain_port
from wagtail.models import Site

from embassy.clock import hours
from embassy.fields import Texts
from embassy.language.multilingual import InAllLanguages
from embassy.models.contacts import ContactPoint
from embassy.models.mission import MissionSettings
from embassy.models.schedules import Closure, Schedule
from embassy.vocabulary import EMERGENCY_PURPOSES


@dataclass(frozen=True)
class Facts:
    """Contact points, hours and social pages of one mission, and titles of multilingual pages."""

    contacts: dict[int, ContactPoint]
    schedules: dict[int, hours.Schedule]
    services: list
    social_pages: list
    titles: dict[int, Texts]

    @property
    def emergency_contacts(self) -> list[ContactPoint]:
        """What a citizen in trouble calls, in the mission's order."""
        found = self.contacts.values()
        return [c for c in found if c.purpose in EMERGENCY_PURPOSES and not c.retired]

    def in_use(self, rows) -> list[ContactPoint]:
        """Give the contact points that rows of a page quote, without the retired ones."""
        return self.numbered(row.contact_id for row in rows)

    def numbered(self, keys: Iterable[int]) -> list[ContactPoint]:
        """Give the contact points with these keys, without the retired ones."""
        found = [self.contacts.get(key) for key in keys]
        return [contact for contact in found if contact and not contact.retired]


_kept: dict[int, tuple[UUID, Facts]] = {}
_last: dict[str, Facts] = {}  # by host; "" is the mission that answers under any other name
_lock = threading.Lock()


def facts_of(mission: MissionSettings) -> Facts:
    """Give the facts of a mission as of the version its settings were read with."""
    kept = _kept.get(mission.pk)
    if kept is None or kept[0] != mission.facts_version:
        Site.clear_site_root_paths_cache()  # each process keeps its own, and sites are facts too
        kept = (mission.facts_version, read_facts(mission))
        with _lock:
            _kept[mission.pk] = kept
    _last[mission.site.hostname.lower()] = kept[1]
    if mission.site.is_default_site:
        _last[""] = kept[1]
    return kept[1]


def last_known(host: str) -> Facts | None:
    """Give the facts of the mission at a host (with or without port) as this process last read
    them, without asking the database; None when it never has.
    """
    return _last.get(split_domain_port(host)[0]) or _last.get("")


def read_facts(mission: MissionSettings) -> Facts:
    """Read the facts from the database."""
    site = mission.site_id
    closures = list(Closure.objects.for_site(site))
    schedules = {
        schedule.pk: schedule
        for schedule in Schedule.objects.for_site(site).prefetch_related("periods")
    }
    contacts = {contact.pk: contact for contact in ContactPoint.objects.for_site(site)}
    for contact in contacts.values():
        contact.schedule = schedules.get(contact.schedule_id)
    services = list(mission.service_hours.all())
    for row in services:
        row.schedule = schedules[row.schedule_id]
    return Facts(
        contacts=contacts,
        schedules={pk: schedule.as_hours(closures) for pk, schedule in schedules.items()},
        services=services,
        social_pages=list(mission.social_pages.all()),
        titles=titles_in_all_languages(),
    )


def titles_in_all_languages() -> dict[int, Texts]:
    """Give the titles of the pages that are one record in all languages, by page."""
    models = [model for model in apps.get_models() if issubclass(model, InAllLanguages)]
    return {pk: titles for m in models for pk, titles in m.objects.values_list("pk", "titles")}
