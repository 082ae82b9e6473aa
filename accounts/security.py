"""The page on which staff look after their own factors, password and sessions.

Whatever changes a factor asks for a fresh proof first, is done while the account is locked against
itself, and is told to the account by mail.
"""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, TemplateView

from accounts import notices
from accounts.adapters import FactorAdapter
from accounts.middleware import AFTER_ENROLLING
from accounts.recovery import SHOWN, codes_left, codes_to_show
from accounts.sessions import end_others, prove_by_enrolling
from embassy.models import User


def private(view: type) -> type:
    """Keep a page to whoever is signed in, and out of every cache."""
    return method_decorator([never_cache, login_required], name="dispatch")(view)


class OneAtATime:
    """Lets one change of an account's factors happen at a time, in one transaction."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Lock the account while it is changed."""
        with transaction.atomic():
            User.objects.select_for_update().get(pk=request.user.pk)
            return super().post(request, *args, **kwargs)


class Adds:
    """Counts a factor that was just set up as used in this session, and goes on to the codes."""

    def get_success_url(self) -> str:
        """Show new recovery codes first."""
        return reverse("mfa_view_recovery_codes" if SHOWN in self.request.session else "mfa_index")

    def form_valid(self, form) -> HttpResponse:
        """Note what was added."""
        had = set(factors_of(self.request.user).values_list("pk", flat=True))
        response = super().form_valid(form)
        for factor in factors_of(self.request.user).exclude(pk__in=had):
            if factor.type == Authenticator.Type.RECOVERY_CODES:
                self.request.session[SHOWN] = factor.pk
            else:
                self.note(factor, form)
        response["Location"] = self.get_success_url()
        return response

    def note(self, factor: Authenticator, form) -> None:
        """Count the factor as used."""
        prove_by_enrolling(self.request, factor)


@private
class Security(TemplateView):
    """An account's factors, and the button that ends all its sessions."""

    template_name = "accounts/security.html"

    def get_context_data(self, **kwargs) -> dict:
        """List the factors."""
        found = list(factors_of(self.request.user))
        kinds = Authenticator.Type
        passkeys = [one for one in found if one.type == kinds.WEBAUTHN]
        app = next((one for one in found if one.type == kinds.TOTP), None)
        codes = next((one for one in found if one.type == kinds.RECOVERY_CODES), None)
        return super().get_context_data(
            passkeys=passkeys,
            app=app,
            codes_left=codes_left(codes),
            is_enrolled=bool(passkeys or app),
            can_remove=len(passkeys) + bool(app) > 1,
            way_on=way_on(self.request),
            minutes=settings.STAFF_SESSION["idle_minutes"],
            **kwargs,
        )


@private
class AddPasskey(OneAtATime, Adds, AddWebAuthnView):
    """Adds a passkey: kept by the device, opened by a finger, a face or a PIN."""

    template_name = "accounts/passkey_add.html"

    def get_context_data(self, **kwargs) -> dict:
        """Ask the browser for a passkey rather than for a key beside a password."""
        found = super().get_context_data(**kwargs) | kwargs
        options = webauthn.begin_registration(self.request.user, True)
        return found | {"js_data": {"creation_options": options}}


@private
class NamePasskey(EditWebAuthnView):
    """Gives a passkey another name."""

    template_name = "accounts/passkey_name.html"
    success_url = reverse_lazy("mfa_index")


@private
class RemovePasskey(OneAtATime, RemoveWebAuthnView):
    """Removes a passkey, unless it is the last factor, and ends the other sessions."""

    template_name = "accounts/passkey_remove.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form) -> HttpResponse:
        """Refuse to remove the last factor."""
        if not FactorAdapter().can_delete_authenticator(self.object):
            messages.error(self.request, _("Add another factor first: this is your last one."))
            return redirect("mfa_index")
        response = super().form_valid(form)
        end_others(self.request)
        return response


@private
class AddApp(OneAtATime, Adds, ActivateTOTPView):
    """Adds an authenticator app."""

    template_name = "accounts/app_add.html"

    def get_context_data(self, **kwargs) -> dict:
        """Give the secret in groups, for those who type it."""
        found = super().get_context_data(**kwargs)
        secret = found["form"].secret
        groups = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
        return found | {"secret": groups}

    def note(self, factor: Authenticator, form) -> None:
        """Use up the code that was just typed."""
        factor.data["last_step"] = form.step
        factor.save(update_fields=["data"])
        super().note(factor, form)


@private
class RemoveApp(OneAtATime, DeactivateTOTPView):
    """Removes the app, unless it is the last factor, and ends the other sessions."""

    template_name = "accounts/app_remove.html"

    def form_valid(self, form) -> HttpResponse:
        """Remove it."""
        response = super().form_valid(form)
        end_others(self.request)
        return response


@private
class NewCodes(GenerateRecoveryCodesView):
    """Makes new recovery codes in place of those of before."""

    template_name = "accounts/codes_new.html"

    def get_context_data(self, **kwargs) -> dict:
        """Leave out what allauth reads of the codes of before."""
        return FormView.get_context_data(self, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        """Let them be seen once."""
        response = super().form_valid(form)
        codes = factors_of(self.request.user).get(type=Authenticator.Type.RECOVERY_CODES)
        self.request.session[SHOWN] = codes.pk
        return response


@private
class Codes(TemplateView):
    """Shows new recovery codes until their owner says to have kept them."""

    template_name = "accounts/codes.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Show them, or lead back when there are none to show."""
        shown = codes_to_show(request)
        if not shown:
            return redirect("mfa_index")
        return self.render_to_response(self.get_context_data(codes=shown))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show them no more, and go on to where the person was going."""
        request.session.pop(SHOWN, None)
        goal = way_on(request) or reverse("mfa_index")
        request.session.pop(AFTER_ENROLLING, None)
        return redirect(goal)


@never_cache
@login_required
@require_safe
def download_codes(request: HttpRequest) -> HttpResponse:
    """Give the codes as a file, as long as they are shown."""
    if not (shown := codes_to_show(request)):
        raise Http404
    words = _("Recovery codes for Chancery, each good once:")
    lines = "\n".join([words, "", *shown, ""])
    response = HttpResponse(lines, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="chancery-recovery-codes.txt"'
    return response


@method_decorator(reauthentication_required(app="accounts"), name="dispatch")
@private
class Password(FormView):
    """Changes the password, which ends the other sessions."""

    template_name = "accounts/password.html"
    form_class = SetPasswordForm
    success_url = reverse_lazy("mfa_index")

    def get_form_kwargs(self) -> dict:
        """Change the account that is signed in."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form) -> HttpResponse:
        """Store it, keep this session and tell the account."""
        user = form.save()
        update_session_auth_hash(self.request, user)
        notices.tell(user, notices.PASSWORD)
        messages.success(self.request, _("The password was changed."))
        return super().form_valid(form)


@never_cache
@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of the account, this one too."""
    user = request.user
    user.sign_out_everywhere()
    logout(request)
    notices.tell(user, notices.SIGNED_OUT)
    messages.success(request, _("You are signed out everywhere."))
    return redirect("account_login")


def factors_of(user: User):
    """Give the factors of an account, in the order they were added."""
    return Authenticator.objects.filter(user_id=user.pk).order_by("pk")


def way_on(request: HttpRequest) -> str:
    """Give where somebody was going who had to set up a factor first."""
    return request.session.get(AFTER_ENROLLING, "")
