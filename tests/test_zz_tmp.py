import cProfile, pstats, pytest, time
pytestmark = pytest.mark.django_db
def test_prof(site):
    from tests.factories import mission_east, second_mission
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    mission_east()
    p=cProfile.Profile()
    with CaptureQueriesContext(connection) as q:
        t=time.time(); 
        second_mission(); print("took",time.time()-t, len(q))
    from wagtail.models import Site
    from embassy.models import User
    pr=cProfile.Profile(); pr.enable()
    from embassy.missions import Plan, create
    create(Plan(hostname="x.localhost",name="X",sending_state="U",host_state="Kenya",host_state_code="KE",city="Nairobi",time_zone="Africa/Nairobi"))
    pr.disable()
    pstats.Stats(pr).sort_stats("cumulative").print_stats(45)
