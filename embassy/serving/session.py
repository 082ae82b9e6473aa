"""Whether who writes in an editor is still signed in, asked before the editor sends its form.

A form that is sent after the sign-in has ended is answered with the sign-in page, and what was
typed is gone; so the script beside the editors (`static/src/js/session.js`) asks here first. It
also posts here that somebody types, or a session would end under their hands.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.models import Page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, page_id: int | None = None) -> HttpResponse:
    """Give a fresh token for the form: 401 when nobody is signed in, 403 to who may not edit.

    A POST says that its sender types or points, and gets nothing but 204; who keeps sessions
    counts it as use (`accounts.sessions`).
    """
    if request.user.is_anonymous:
        return JsonResponse({"error": "signed out"}, status=401)
    if not may_edit(request.user, page_id):
        return JsonResponse({"error": "not allowed"}, status=403)
    if request.method == "POST":
        return HttpResponse(status=204)
    return JsonResponse({"token": get_token(request)})


def may_edit(user, page_id: int | None) -> bool:
    """Whether an account may use the editors, and that of a page if one is named."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    if page_id is None:
        return True
    return get_object_or_404(Page, pk=page_id).specific.permissions_for_user(user).can_edit()
