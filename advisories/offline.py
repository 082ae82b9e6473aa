"""The pages of warnings that every reader's device keeps for when there is no network."""

from django.urls import reverse
from wagtail.models import Site

from advisories.addresses import page_address
from advisories.models import AlertIndexPage
from embassy.offline import always_kept


@always_kept
def warnings(site: Site) -> list[str]:
    """Give the emergency card, then the travel advisory and the list of alerts."""
    lists = AlertIndexPage.objects.child_of(site.root_page).live()
    alerts = [page_address(page) for page in lists]
    return [reverse("emergency"), reverse("travel_advisory"), *alerts]
