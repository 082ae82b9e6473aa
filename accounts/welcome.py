"""Where the address in a letter of invitation leads: a password or a passkey, then a factor.

The token leaves the address at once: the session keeps its hash, and the next page's address says
nothing. Whatever is wrong with a token is answered alike. Opening the letter uses nothing up, so
programs that look at mail before its reader does not spoil it.
"""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from accounts.adapters import AccountAdapter
from accounts.backends import StaffBackend
from accounts.invitations import Gone, accept, digest_of, found
from accounts.middleware import AFTER_ENROLLING
from accounts.sessions import INVITATION
from embassy.models import User

HELD = "staff_invitation"  # in a session: the hash of the token that was opened


@never_cache
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address."""
    request.session[HELD] = digest_of(token)
    answer = redirect("invitation")
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class Welcome(FormView):
    """Greets whoever was invited, and takes a password, or none for a passkey."""

    template_name = "accounts/invitation.html"
    form_class = SetPasswordForm

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Answer alike whatever is wrong with an invitation."""
        try:
            self.invitation = found(request.session.get(HELD, ""), timezone.now())
            return super().dispatch(request, *args, **kwargs)
        except Gone:
            return TemplateResponse(request, "accounts/invitation_gone.html", status=410)

    def get_form_kwargs(self) -> dict:
        """Judge the password by whose account it is."""
        return super().get_form_kwargs() | {"user": self.invitation.account}

    def get_context_data(self, **kwargs) -> dict:
        """Say whose account it is, and how long there is to set up a factor."""
        minutes = settings.STAFF_SESSION["idle_minutes"]
        return super().get_context_data(invitation=self.invitation, minutes=minutes, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Go on without a password, where a passkey is wanted."""
        if "passkey" in request.POST:
            return self.enter(None)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        """Take the password."""
        return self.enter(form.cleaned_data["new_password1"])

    def enter(self, password: str | None) -> HttpResponse:
        """Use the invitation up, and go on to the second factor."""
        account = accept(self.invitation.digest, password, timezone.now())
        begin_session(self.request, account)
        return redirect("mfa_index" if password else "mfa_add_webauthn")


def begin_session(request: HttpRequest, account: User) -> None:
    """Sign in whoever was invited, and nobody else, as far as the page for factors."""
    logout(request)
    login(request, account, backend=f"{StaffBackend.__module__}.{StaffBackend.__name__}")
    record_authentication(request, account, INVITATION)
    request.session[AFTER_ENROLLING] = AccountAdapter().get_login_redirect_url(request)
