"""One save of a page's words at a time: whoever comes second sees what the first has stored.

The form refuses to save over a colleague's later words (`newer.py`). That it looks and that it
stores has to be one act, so Wagtail's editor works under the page's one lock.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from embassy.models.workflow import approved_by
from embassy.release.publishing import held

EDITORS = ("wagtailadmin_pages:edit", "wagtailadmin_pages:revisions_revert")


class OnePageSaveAtATime:
    """Holds a page while its editor's form is judged and stored; comes late in the list."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Answer a posted form in one transaction; anything else goes its own way."""
        if request.method != "POST" or request.resolver_match.view_name not in EDITORS:
            return None
        page = Page.objects.filter(pk=kwargs["page_id"]).first()
        if page is None or not approved_by(page):
            return None  # a warning has a lock of its own
        with held(page):
            return view(request, *args, **kwargs)

    def process_template_response(self, request: HttpRequest, response) -> HttpResponse:
        """Lead whoever came second to the difference; what they typed stays on this screen."""
        form = (response.context_data or {}).get("form")
        if getattr(form, "stored_since", None) is not None:
            button = messages.button(form.comparison(), _("See what was changed"), new_window=True)
            messages.warning(request, _("What you typed is kept below."), buttons=[button])
        return response
