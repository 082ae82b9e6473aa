"""Search follows facts: when one changes, pages that show it are indexed again."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.search import index

from embassy.models import ContactPoint, MissionSettings
from embassy.pages import QUOTES_ADDRESS, BodyMixin


@receiver(post_save, sender=ContactPoint, dispatch_uid="embassy.reindexing.contact")
def follow_a_changed_number(instance, **kwargs) -> None:
    """Index again, after the commit, the pages that quote the contact point."""
    transaction.on_commit(lambda: index_again([*quoting(instance), *homes_of(instance.site)]))


@receiver(post_save, sender=MissionSettings, dispatch_uid="embassy.reindexing.mission")
def follow_a_changed_address(instance, **kwargs) -> None:
    """Index again, after the commit, the pages that show the mission's address."""
    site = instance.site
    transaction.on_commit(lambda: index_again([*with_address(site), *homes_of(site)]))


def index_again(pages: list[Page]) -> None:
    """Index pages with what they show now."""
    for page in pages:
        index.insert_or_update_object(page)


def quoting(contact: ContactPoint) -> Iterator[Page]:
    """Give the pages whose texts or rows refer to a contact point."""
    kind = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(contact).filter(base_content_type=kind)
    numbers = set(references.values_list("object_id", flat=True))
    yield from Page.objects.filter(pk__in=numbers).specific()


def homes_of(site: Site) -> Iterator[Page]:
    """Give the home pages of a mission."""
    yield from site.root_page.get_translations(inclusive=True).specific()


def with_address(site: Site) -> Iterator[Page]:
    """Give the pages of a mission in whose body its address is quoted."""
    stored = Cast("body", TextField())
    for home in site.root_page.get_translations(inclusive=True):
        for model in apps.get_models():
            if issubclass(model, BodyMixin):
                pages = model.objects.descendant_of(home).annotate(stored=stored)
                yield from pages.filter(stored__contains=f'"type": "{QUOTES_ADDRESS}"')
