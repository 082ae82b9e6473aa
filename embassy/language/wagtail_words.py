"""Sentences of Wagtail's that do not say what happens here; the catalogs give other words for them.

Here a page waits for a second person, and words typed over a colleague's newer ones are refused.
They stand here so that `make messages` keeps them; in English, locale/en says something else too.
"""

from django.utils.translation import gettext_lazy as _

SAID_OTHERWISE = (
    _("Page '%(page_title)s' has been submitted for moderation."),
    _("Page '%(page_title)s' created and submitted for moderation."),
    _("The page '%(page_title)s' is not currently awaiting moderation."),
    _("In Moderation"),
    _("in moderation"),
    _("live + in moderation"),
    _("The page could not be saved as it is locked."),
    _("Saving will overwrite a newer version."),
    _("Proceeding will overwrite the changes made by %(user_name)s."),
    _("Choose when this page should go live and/or expire"),
    _("Anyone with editing permissions can create schedules"),
    _("But only those with publishing permissions can make them effective."),
)
