"""The pages of offices and officials a mission starts with."""

from django.utils.translation import gettext as _

from embassy.tree import Branch, branches_of_app
from sections.models import OfficeIndexPage, OfficialIndexPage


@branches_of_app
def branches() -> list[Branch]:
    """Give the lists of offices and officials."""
    return [
        Branch(OfficeIndexPage, "sections-offices", _("Sections & offices"), order=40),
        Branch(OfficialIndexPage, "officials", _("Officials"), order=50),
    ]
