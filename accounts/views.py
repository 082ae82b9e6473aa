"""Signing in and out: a passkey alone, or a password and then a second factor."""

from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

fresh_page = method_decorator(never_cache, name="dispatch")


class SignIn(LoginView):
    """The one page to sign in at."""

    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs) -> dict:
        """Say why a session is over, where one is."""
        ended = "ended" in self.request.GET
        minutes = settings.STAFF_SESSION["idle_minutes"]
        return super().get_context_data(ended=ended, minutes=minutes, **kwargs)


class SecondFactor(AuthenticateView):
    """A code or a passkey after the password."""

    template_name = "accounts/second_factor.html"

    def get_context_data(self, **kwargs) -> dict:
        """Offer a passkey to those only who have one."""
        found = super().get_context_data(**kwargs)
        offered = found.get("js_data", {}).get("request_options", {}).get("publicKey", {})
        return found | {"has_passkey": bool(offered.get("allowCredentials"))}


@fresh_page
class PasskeyAlone(LoginWebAuthnView):
    """A passkey instead of address and password: gives the challenge, takes the answer."""


@fresh_page
class SignOut(LogoutView):
    """Ends this session."""

    template_name = "accounts/sign_out.html"


@fresh_page
class CodeAgain(CodeAgainView):
    """A code, before something grave."""

    template_name = "accounts/prove.html"


@fresh_page
class PasskeyAgain(ReauthenticateWebAuthnView):
    """A passkey, before something grave."""

    template_name = "accounts/prove.html"

    def form_invalid(self, form) -> HttpResponse:
        """Ask again, saying what was wrong."""
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs) -> dict:
        """Keep the form with its mistakes."""
        return super().get_context_data(**kwargs) | kwargs


@never_cache
@require_GET
def passkey_challenge(request: HttpRequest) -> HttpResponse:
    """Give what a passkey of whoever is signed in is to answer, before a grave step elsewhere."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    return JsonResponse({"request_options": begin_authentication(request.user)})


@never_cache
def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead from the sign-in pages of the two admins to our one page."""
    if request.user.is_authenticated and request.path.startswith("/django-admin/"):
        raise PermissionDenied  # signed in, and not let in all the same
    if request.GET.get("next"):
        return redirect_to_login(request.GET["next"], settings.LOGIN_URL)
    return redirect(settings.LOGIN_URL)


@never_cache
def to_password(request: HttpRequest) -> HttpResponse:
    """Lead from the Django admin's page for passwords to ours."""
    return redirect("account_change_password")
