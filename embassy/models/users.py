"""The people who sign in: staff of a mission, known by their mail address."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    """Makes accounts; addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Make an account; without a password nobody can sign in with it."""
        if not email:
            raise ValueError("An account needs a mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """Make an account with every right, for the first set-up."""
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        """Find an account whatever the case its address is typed in."""
        return self.get(email__iexact=email.strip())


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff; signs in with a mail address and belongs to one mission."""

    email = models.EmailField(
        _("mail address"),
        unique=True,
        help_text=_("The address this person signs in with."),
        error_messages={"unique": _("An account with this mail address exists already.")},
    )
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    mission = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("mission"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="staff",
        help_text=_(
            "The mission this person works for; its administrators look after the account."
        ),
    )
    is_staff = models.BooleanField(
        _("member of staff"), default=True, help_text=_("May open the staff pages at all.")
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Untick instead of deleting: what this person did stays on record."),
    )
    is_demo = models.BooleanField(_("account of the demo site"), default=False, editable=False)
    sign_outs = models.PositiveIntegerField(
        _("times signed out everywhere"), default=0, editable=False
    )
    date_joined = models.DateTimeField(_("account made"), default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.get_full_name()

    def clean(self) -> None:
        """Keep the address in lower case, so that it is one account however it is typed."""
        self.email = (self.email or "").strip().lower()

    def validate_constraints(self, exclude=None) -> None:
        """Leave it to the field to say that an address is taken; it is in lower case by then."""
        super().validate_constraints(exclude={*(exclude or ()), "email"})

    def sign_out_everywhere(self) -> None:
        """End all sessions of this account, whichever process holds them."""
        type(self).objects.filter(pk=self.pk).update(sign_outs=models.F("sign_outs") + 1)
        self.refresh_from_db(fields=["sign_outs"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie each session to the password and to how often all sessions were ended."""
        state = f"{self.password}:{self.sign_outs}" if self.sign_outs else self.password
        salt = "embassy.models.User.get_session_auth_hash"
        return salted_hmac(salt, state, secret=secret, algorithm="sha256").hexdigest()

    @property
    def on_record(self) -> str:
        """The name with the address, which tells people of one name apart."""
        name = self.get_full_name()
        return name if name == self.email else f"{name} ({self.email})"

    def get_full_name(self) -> str:
        """Give first and last name, or else the address."""
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def get_short_name(self) -> str:
        """Give the first name, or else the address."""
        return self.first_name or self.email
