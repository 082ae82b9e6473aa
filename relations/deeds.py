"""What is tried for the matrix of rights: news and fact sheets."""

from django.utils.translation import gettext_lazy as _

from embassy.matrix.approving import tries_approval
from relations.models import FactSheetIndexPage, FactSheetPage, NewsIndexPage, NewsPage

tries_approval(
    12,
    "news",
    _("Approve a colleague’s page: news"),
    NewsPage,
    NewsIndexPage,
    lambda scene: {"date": scene.at.date()},
)
tries_approval(
    13,
    "fact_sheet",
    _("Approve a colleague’s page: fact sheet"),
    FactSheetPage,
    FactSheetIndexPage,
)
