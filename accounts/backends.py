"""Who may sign in at all, asked at sign-in and again at each request."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from embassy.models import User


def may_sign_in(user: User) -> bool:
    """Whether an account is open: active, of staff, and no demo account on a public server."""
    is_open = user.is_active and user.is_staff
    return is_open and (settings.DEMO_ACCOUNTS or not user.is_demo)


class StaffBackend(ModelBackend):
    """Passwords and rights of staff."""

    def user_can_authenticate(self, user) -> bool:
        """Refuse closed accounts, and end the sessions they had."""
        return may_sign_in(user)
