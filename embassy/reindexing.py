"""Search follows facts: when a contact point changes, pages that quote it are indexed again."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from embassy.models import ContactPoint


@receiver(post_save, sender=ContactPoint, dispatch_uid="embassy.reindexing")
def follow_a_changed_number(instance, **kwargs) -> None:
    """Index again, after the commit, the pages that quote the contact point."""
    transaction.on_commit(lambda: index_pages_quoting(instance))


def index_pages_quoting(contact: ContactPoint) -> None:
    """Index the pages whose texts or rows refer to a contact point."""
    kind = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(contact).filter(base_content_type=kind)
    numbers = set(references.values_list("object_id", flat=True))
    for page in Page.objects.filter(pk__in=numbers).specific():
        index.insert_or_update_object(page)
