"""Who may sign in at all, asked at sign-in and again at each request."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from embassy.models import User


def may_sign_in(user: User) -> bool:
    """Whether an account is open: active, of staff, and on a public server neither of the demo
    site nor one that may do everything."""
    is_open = user.is_active and user.is_staff
    allowed = settings.SUPERUSERS or not user.is_superuser
    return is_open and allowed and (settings.DEMO_ACCOUNTS or not user.is_demo)


class StaffBackend(ModelBackend):
    """Passwords and rights of staff."""

    def user_can_authenticate(self, user) -> bool:
        """Refuse closed accounts, and end the sessions they had."""
        return may_sign_in(user)
