"""Which letters an account wants, on Wagtail's page of the account: only those that are sent."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import NotificationsSettingsPanel
from wagtail.admin.widgets import SwitchInput
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

COMMENTS = "updated_comments_notifications"


class LetterChoicesForm(forms.ModelForm):
    """A switch for each kind of letter."""

    class Meta:
        model = UserProfile
        fields = ["submitted_notifications", "rejected_notifications", COMMENTS]
        widgets = dict.fromkeys(fields, SwitchInput())
        labels = {
            "submitted_notifications": _("What waits for my answer"),
            "rejected_notifications": _("What comes back to me"),
            COMMENTS: _("Comments"),
        }
        help_texts = {
            "submitted_notifications": _(
                "A letter when a page, a warning or a requested act waits for a second person and "
                "you may be that person."
            ),
            "rejected_notifications": _(
                "A letter when something you wrote was returned, or something you asked for was "
                "declined."
            ),
            COMMENTS: _(
                "A letter when somebody comments on a page whose comments you follow, or settles "
                "a comment there."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        policy = policy_registry.get_by_type(Page)
        if not policy.user_has_permission(self.instance.user, "change"):
            del self.fields[COMMENTS]


# Wagtail has no hook for what its own panel asks.
NotificationsSettingsPanel.form_class = LetterChoicesForm
