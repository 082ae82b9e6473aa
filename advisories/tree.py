"""The pages of warnings and country information a mission starts with.

A travel advisory has no page until there is one to publish: its address says so until then.
Alerts have their list from the start.
"""

from django.utils.translation import gettext as _

from advisories.models import AlertIndexPage, CountryIndexPage
from embassy.tree import Branch, branches_of_app


@branches_of_app
def branches() -> list[Branch]:
    """Give the list of alerts and the list of country information."""
    return [
        Branch(AlertIndexPage, "alerts", _("Alerts"), order=10),
        Branch(
            CountryIndexPage,
            "country-information",
            _("Country information"),
            order=90,
            in_menu=False,
        ),
    ]
