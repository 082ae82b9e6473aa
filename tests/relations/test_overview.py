"""The relations page counts the missions it knows an address of, and says nothing of none."""

import re

import pytest

from embassy.models import MissionSettings
from relations.models import RelationsPage

pytestmark = pytest.mark.django_db
OURS = "Rue 243, Porte 297"


@pytest.mark.parametrize(
    ("address", "other", "heading"),
    [
        (OURS, "Embassy of Mali\n2130 R Street NW", "The two missions"),
        (OURS, "", "The mission"),
        (OURS, " \n ", "The mission"),
        ("", "Embassy of Mali\n2130 R Street NW", "The mission"),
        ("", "", ""),
    ],
)
def test_the_heading_counts_the_missions_that_are_shown(client, site, address, other, heading):
    MissionSettings.objects.filter(site=site).update(address=address)
    RelationsPage.objects.update(other_mission=other)
    page = client.get("/relations/", HTTP_HOST="localhost").content.decode()
    main = page.split("<main")[1].split("</main>")[0]
    found = re.findall(r'<h2 id="missions">(.*?)</h2>', main)
    assert found == ([heading] if heading else [])
    assert (OURS in main) == bool(address)
    assert ("2130 R Street" in main) == bool(other.strip())
