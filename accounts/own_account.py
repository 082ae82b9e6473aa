"""The account's own screen among Wagtail's: there nobody gives themselves another name.

A colleague knows by the name who wrote what they are to approve, and the record who did what.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    NameEmailSettingsPanel,
)


class KnownAs(NameEmailForm):
    """The name, to be read; what is sent for it counts for nothing."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.disabled = True
            field.help_text = _("An administrator changes it: colleagues know you by it.")


class NamePanel(NameEmailSettingsPanel):
    """Shows by which name colleagues know the account."""

    form_class = KnownAs


class OwnAccount(AccountView):
    """Wagtail's screen, with the name to be read."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        """Put the name to be read in the place of Wagtail's form."""
        request = self.request
        return [
            NamePanel(request, request.user, panel.profile)
            if isinstance(panel, NameEmailSettingsPanel)
            else panel
            for panel in super().get_panels()
        ]
