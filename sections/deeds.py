"""What is tried for the matrix of rights: pages of offices."""

from django.utils.translation import gettext_lazy as _

from embassy.matrix.approving import tries_approval
from sections.models import OfficeIndexPage, OfficePage

tries_approval(
    14,
    "office",
    _("Approve a colleague’s page: office"),
    OfficePage,
    OfficeIndexPage,
    lambda scene: {"kind": OfficePage.Kind.AGENCY},
)
