"""What the settings of a mission say is said in its first language at least."""

import pytest
from django.core.exceptions import ValidationError

from embassy.fields import Texts
from embassy.models import MissionSettings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["name", "formal_name", "sending_state", "host_state", "city"])
def test_a_text_in_another_language_alone_is_refused_at_its_field(site, name):
    mission = MissionSettings.objects.get(site=site)
    mission.clean()
    setattr(mission, name, Texts(fr="Ambassade"))
    with pytest.raises(ValidationError) as refused:
        mission.clean()
    sentence = "Write it in the first language too: English."
    assert refused.value.message_dict == {name: [sentence]}
    setattr(mission, name, Texts(fr="Ambassade", en="Embassy"))
    mission.clean()


def test_the_first_language_is_the_mission_s_own(site, dakar):
    mission = MissionSettings.objects.get(site=dakar)
    mission.clean()
    mission.name = Texts(en="Embassy")
    with pytest.raises(ValidationError, match="French"):
        mission.clean()


def test_what_may_be_left_out_still_may(site):
    mission = MissionSettings.objects.get(site=site)
    mission.formal_name = Texts()
    mission.clean()
