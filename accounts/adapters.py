"""How allauth does here what it leaves to each site."""

from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import notices, throttling
from accounts.backends import may_sign_in
from accounts.locks import note_lock
from accounts.sealing import seal, unseal
from accounts.sessions import FACTORS, is_enrolled, is_fresh
from embassy.auditing import audit
from embassy.models import User
from embassy.readers.networks import client_of

SAID = {  # what a person is told on the next page, by allauth's names
    "mfa/messages/totp_activated.txt": gettext_lazy("The authenticator app was added."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The authenticator app was removed."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey was added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey was removed."),
}
MISTAKES = {
    "email_password_mismatch": gettext_lazy(
        "This address and this password do not belong together."
    ),
    "incorrect_code": gettext_lazy(
        "That did not work. Each code is good once: wait for the next one, or try again."
    ),
    "cannot_delete_authenticator": gettext_lazy("Add another factor first: this is your last one."),
    "cannot_generate_recovery_codes": gettext_lazy("Add a passkey or an authenticator app first."),
}


def no_factor() -> str:
    """Say to whoever gave a password alone what helps."""
    return _(
        "This account has no second factor yet, and a password alone opens nothing. Ask an "
        "administrator of your mission for a new letter: you set one up when you open it."
    )


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by mail address and password, throttled by us; nobody signs up."""

    error_messages = {**DefaultAccountAdapter.error_messages, **MISTAKES}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by administrators."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Give the account that a mail address and a password belong to, a few tries long."""
        address = credentials.get("email", "")
        tried = throttling.begin(address, client_of(request), timezone.now())
        user = authenticate(request, email=address, password=credentials.get("password"))
        if user is not None:
            tried.was_right()
        else:
            note_lock(address, timezone.now())
        return user

    def pre_login(self, request: HttpRequest, user: User, **kwargs) -> HttpResponse | None:
        """Turn away closed accounts, and those of whose owner nothing is known but a password."""
        if not may_sign_in(user):
            messages.error(request, _("This account is closed. Ask an administrator."))
        elif not is_enrolled(user):
            messages.error(request, no_factor())
            details = {"step": "no second factor"}
            audit.record(audit.SIGN_IN_FAILED, of=user, at=timezone.now(), details=details)
        else:
            return None
        return redirect("account_login")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to what the account may do: content, or else accounts and reference data."""
        may_write = request.user.has_perm("wagtailadmin.access_admin")
        return reverse("wagtailadmin_home" if may_write else "admin:index")

    def is_safe_url(self, url: str) -> bool:
        """Lead on within this host only."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={context.request.get_host()})

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Ask again unless the best proof the account has is a few minutes old at most."""
        return not is_fresh(context.request, timezone.now())

    def get_reauthentication_methods(self, user) -> list[dict]:
        """Give the ways to prove it again, a passkey before codes; a password is none."""
        kinds = Authenticator.Type
        rows = Authenticator.objects.filter(user_id=user.pk)
        found = set(rows.values_list("type", flat=True))
        ways = ["mfa_reauthenticate_webauthn"] if kinds.WEBAUTHN in found else []
        ways += ["mfa_reauthenticate"] if found & {kinds.TOTP, kinds.RECOVERY_CODES} else []
        return [{"id": name, "description": "", "url": reverse(name)} for name in ways]

    def add_message(
        self,
        request,
        level,
        message_template=None,
        message_context=None,
        extra_tags="",
        message=None,
    ) -> None:
        """Say it in our own words, and nothing where a message would be noise."""
        words = message or SAID.get(message_template)
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """Mail the account what has changed."""
        notices.tell(user, template_prefix)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: sealed in the database, the last one never taken away."""

    error_messages = {**DefaultMFAAdapter.error_messages, **MISTAKES}

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another factor remains; recovery codes alone are none."""
        factors = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return factors.exclude(pk=authenticator.pk).exists()

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code that an app reads."""
        drawing = BytesIO()
        code = segno.make(url, error="m", micro=False)
        code.save(drawing, kind="svg", xmldecl=False, scale=4, border=4, light="#fff")
        return drawing.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Suggest a name for a passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Tie passkeys to the host, which is what no phishing site can have."""
        host, _port = split_domain_port(context.request.get_host())
        return {"id": host, "name": "Chancery"}

    def get_public_key_credential_user_entity(self, user: User) -> dict:
        """Say whose passkey it is, as the browser shows it."""
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.get_full_name()}
