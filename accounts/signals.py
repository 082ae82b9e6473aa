"""What happens when a session begins, and when a factor is gone."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from accounts.sessions import FACTORS, begin
from embassy.models import User


@receiver(user_logged_in)
def write_down_the_beginning(sender, request, user, **kwargs) -> None:
    """Write down when a session began."""
    begin(request.session, timezone.now())


@receiver(post_delete, sender=Authenticator)
def end_sessions_of_a_lost_factor(sender, instance: Authenticator, **kwargs) -> None:
    """End the sessions of an account that lost a factor, whoever took it away."""
    if instance.type in FACTORS:
        for user in User.objects.filter(pk=instance.user_id):
            user.sign_out_everywhere()
