"""The pages of relations, fact sheets and news a mission starts with."""

from django.utils.translation import gettext as _

from embassy.tree import Branch, branches_of_app
from relations.models import FactSheetIndexPage, NewsIndexPage, RelationsPage


@branches_of_app
def branches() -> list[Branch]:
    """Give the overview of relations, the lists of fact sheets and of news."""
    return [
        Branch(RelationsPage, "relations", _("Relations"), order=60),
        Branch(FactSheetIndexPage, "fact-sheets", _("Fact sheets"), order=70, in_menu=False),
        Branch(NewsIndexPage, "news", _("News and events"), order=80),
    ]
