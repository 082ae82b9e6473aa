"""The forms of sign-in: allauth's, with our own words, limits and codes that are good once."""

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import codes, notices, throttling
from accounts.locks import note_lock
from embassy.auditing import audit
from embassy.readers.networks import client_of

UNSOUND = (InvalidSignature, AttributeError, LookupError, TypeError, ValueError)
NAME = {"label": _("Name"), "max_length": 80}


def code_field() -> forms.CharField:
    """Make the field for a code, which telephones fill in by themselves."""
    attributes = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}
    return forms.CharField(label=_("Code"), max_length=40, widget=forms.TextInput(attrs=attributes))


class PasswordForm(LoginForm):
    """Mail address and password."""

    def __init__(self, *args, **kwargs):
        """Name the fields."""
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Mail address")
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        password = self.fields["password"]
        password.label, password.help_text = _("Password"), ""  # none resets one by mail
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SpendsCode:
    """Takes a code of the app or a recovery code, a few tries long, and each code once."""

    def __init__(self, *args, **kwargs):
        """Make the field."""
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field()

    def clean_code(self) -> str:
        """Find the factor whose code was typed."""
        at = timezone.now()
        typed = self.cleaned_data["code"]
        tried = throttling.begin(self.user.email, client_of(context.request), at)
        factor = codes.spend(self.user, typed, at)
        if factor is None:
            raise get_adapter().validation_error("incorrect_code")
        tried.was_right()
        self.authenticator = factor
        return typed


class SecondFactorForm(SpendsCode, AuthenticateForm):
    """The code after the password."""

    def clean_code(self) -> str:
        """Put a wrong code on record, and warn the account when somebody guesses."""
        try:
            return super().clean_code()
        except forms.ValidationError as error:
            is_wrong = error.code == "incorrect_code"
            if is_wrong:
                details = {"step": "second factor"}
                audit.record(audit.SIGN_IN_FAILED, of=self.user, at=timezone.now(), details=details)
            if is_wrong and note_lock(self.user.email, timezone.now()):
                notices.tell(self.user, notices.LOCKED)
            raise


class FreshCodeForm(SpendsCode, ReauthenticateForm):
    """A code before something grave."""


class NewAppForm(ActivateTOTPForm):
    """The first code of an app, which shows that it holds the secret."""

    def __init__(self, *args, **kwargs):
        """Keep the secret that is being shown, until its app is added."""
        session = context.request.session
        shown = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if shown:
            self.secret = session[SECRET_SESSION_KEY] = shown
        self.fields["code"] = code_field()

    def clean_code(self) -> str:
        """Refuse what is not the code of a moment around now."""
        typed, at = self.cleaned_data["code"], timezone.now()
        tried = throttling.begin(self.user.email, client_of(context.request), at)
        self.step = codes.step_of(self.secret, typed, at)
        if self.step is None:
            raise get_adapter().validation_error("incorrect_code")
        tried.was_right()
        return typed


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey and its name."""

    name = forms.CharField(**NAME, required=False)
    passwordless = None

    def clean(self) -> dict:
        """Take only what asked for a finger, a face or a PIN."""
        self.cleaned_data["passwordless"] = True
        try:
            return super().clean()
        except UNSOUND as error:
            raise get_adapter().validation_error("incorrect_code") from error


class RefusesUnsound:
    """Refuses what is no answer of a passkey, or a forged one, in words."""

    def clean_credential(self) -> Authenticator:
        """Find the passkey that answered."""
        try:
            return super().clean_credential()
        except UNSOUND as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyAloneForm(RefusesUnsound, LoginWebAuthnForm):
    """A passkey instead of address and password."""


class PasskeyForm(RefusesUnsound, AuthenticateWebAuthnForm):
    """A passkey after the password."""


class FreshPasskeyForm(RefusesUnsound, ReauthenticateWebAuthnForm):
    """A passkey before something grave."""


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(**NAME)
