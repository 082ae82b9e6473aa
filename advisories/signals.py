"""Publishing a warning's page rings the bell; `lifecycle` does the work."""

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from advisories import lifecycle
from advisories.models import AlertPage, TravelAdvisoryPage


@receiver(page_published, sender=AlertPage)
@receiver(page_published, sender=TravelAdvisoryPage)
def freeze_what_was_published(instance, **kwargs) -> None:
    """Write the issued rows of the words that have just been published."""
    revision = kwargs.get("revision")
    lifecycle.issue(instance, by=revision.user if revision else None, at=timezone.now())
