"""One save of a warning's words at a time: whoever comes second sees what the first has stored.

The form refuses to save over a colleague's later words (`models/warning_texts.py`). That it looks
and that it stores has to be one act, so Wagtail's editor works under the warning's one lock.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from advisories import lifecycle
from advisories.models.warnings import WarningPage

EDITOR = "wagtailadmin_pages:edit"


class OneSaveAtATime:
    """Holds a warning while its editor's form is judged and stored; comes last in the list."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Answer a posted form in one transaction; anything else goes its own way."""
        if request.method != "POST" or request.resolver_match.view_name != EDITOR:
            return None
        page = Page.objects.filter(pk=kwargs["page_id"]).first()
        if page is None or not issubclass(page.specific_class or Page, WarningPage):
            return None
        with lifecycle.held(page):
            return view(request, *args, **kwargs)
