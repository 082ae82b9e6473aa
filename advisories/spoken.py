"""Languages that a mission goes on speaking: those in which a warning of its holds now."""

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from advisories.models import Issued
from embassy.language.languages import language_name
from embassy.models import MissionSettings
from embassy.models.mission import check_of_languages


@check_of_languages
def keep_what_warnings_speak(mission: MissionSettings) -> None:
    """Refuse to drop a language while a warning in it holds: its addresses would be silent."""
    rows = Issued.objects.filter(site=mission.site_id).current().not_over(timezone.now())
    spoken = set(rows.values_list("language", flat=True))
    lost = sorted(spoken - set(mission.languages))
    stored = MissionSettings.objects.filter(pk=mission.pk).values_list("languages", flat=True)
    dropped = [code for code in lost if code in (stored.first() or [])]
    if dropped:
        names = ", ".join(language_name(code) for code in dropped)
        sentence = _("A warning in %(languages)s is in force: that language stays for now.")
        raise ValidationError({"languages": sentence % {"languages": names}})


@receiver(pre_save, sender=MissionSettings, dispatch_uid="advisories.spoken")
def keep_it_whatever_way_it_is_stored(instance, **kwargs) -> None:
    """Hold the rule where no form asks."""
    if instance.pk:
        keep_what_warnings_speak(instance)
