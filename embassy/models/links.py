"""Links that lead nowhere, as the last check of them found."""

from django.db import models
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from embassy.models.scoped import Scoped, ScopedQuerySet


class LinkFault(models.TextChoices):
    """What is wrong with a link; `%(detail)s` is a status or an address."""

    PAGE_GONE = "page_gone", _("The page is gone. Choose another, or take the link out.")
    PAGE_HIDDEN = "page_hidden", _("The page is not published, or not for everybody.")
    PAGE_FOREIGN = "page_foreign", _("The page belongs to another mission.")
    DOCUMENT_GONE = "document_gone", _("The document is gone, or its file is.")
    NO_ANCHOR = "no_anchor", _("The page has no such place.")
    NO_ADDRESS = "no_address", _("This is no web address. Write it from https:// on.")
    OWN_GONE = "own_gone", _("Nothing is at this address of our site.")
    GONE = "gone", _("It is gone (status %(detail)s). Look for the new address.")
    MOVED = "moved", _("It moved for good. Enter the new address: %(detail)s")
    LOOP = "loop", _("It leads from address to address without an end.")
    STATUS = "status", _("It answers with status %(detail)s.")
    REFUSED = "refused", _("It does not answer programs (status %(detail)s). Open it yourself.")
    HOST_UNKNOWN = "host_unknown", _("The host name is not known.")
    PRIVATE = "private", _("It leads into a private network, where readers cannot go.")
    NO_CONNECTION = "no_connection", _("Nothing answers there.")
    CERTIFICATE = "certificate", _("Its certificate cannot be trusted; browsers will warn.")
    TOO_SLOW = "too_slow", _("No answer came in time.")
    BROKEN_OFF = "broken_off", _("The connection broke off before an answer came.")


class LinkProblemQuerySet(ScopedQuerySet):
    """Links that lead nowhere."""

    def in_order(self) -> "LinkProblemQuerySet":
        """Order by page, as an editor goes through them."""
        return self.select_related("page", "site").order_by("page__title", "page", "address")


class LinkProblem(Scoped):
    """A link on a published page that led nowhere at the last check; gone once it is mended."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=2000)
    is_external = models.BooleanField()
    fault = models.CharField(max_length=20, choices=LinkFault.choices)
    detail = models.CharField(max_length=2000, blank=True)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    objects = LinkProblemQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # a problem is no use of its page

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        constraints = [
            models.UniqueConstraint("page", MD5("address"), name="one_problem_per_page_and_link")
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in the reader's language."""
        return str(LinkFault(self.fault).label) % {"detail": self.detail}
