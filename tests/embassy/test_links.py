"""The check of links: what leads nowhere is found, said with what to do, and goes once mended."""

import subprocess
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import (
    BaseCommand,
    CommandError,
    call_command,
    get_commands,
    load_command_class,
)
from django.db import connection
from django.utils.translation import override
from wagtail.models import ModelLogEntry, Page, PageViewRestriction

from embassy.links import link_check, link_requests, outside
from embassy.links.link_requests import Asker
from embassy.links.page_links import Link, links_of
from embassy.models import ContentPage, LinkProblem, MissionDocument
from embassy.models.links import LinkFault
from tests.embassy.link_server import web
from tests.factories import person
from tests.servers import free_port

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/broken-links/"


@pytest.fixture
def local(settings):
    """Let this machine be asked, without a pause."""
    settings.LINK_CHECK = settings.LINK_CHECK | {
        "may_reach_private_networks": True,
        "pause": 0,
        "seconds": 0.5,
    }
    return settings


@pytest.fixture
def server(local):
    """A server that behaves as a path says."""
    with web() as found:
        yield found


def page_with(home, *blocks: tuple, slug: str = "links", **fields) -> ContentPage:
    """Make a page with these blocks."""
    page = ContentPage(title="Links", slug=slug, body=list(blocks), **fields)
    return home.add_child(instance=page)


def linking(*addresses: str) -> tuple:
    """Give a paragraph that links to addresses."""
    return ("paragraph", "".join(f'<p><a href="{one}">x</a></p>' for one in addresses))


def naming(kind: str, key: int) -> tuple:
    """Give a paragraph that links to a page or a document."""
    return ("paragraph", f'<p><a linktype="{kind}" id="{key}">x</a></p>')


def check(*args: str) -> str:
    """Run the command; give what it prints."""
    out = StringIO()
    call_command("check_links", *args, stdout=out)
    return out.getvalue()


def faults(page: Page) -> dict[str, str]:
    """Give what is kept as wrong with a page's links."""
    rows = LinkProblem.objects.filter(page=page)
    return {row.address: LinkFault(row.fault).name for row in rows}


# What a page links to


def test_links_are_found_wherever_they_stand(home, document):
    page = ContentPage(title="All", slug="all")
    page.body = [
        linking("https://a.example/", "#fees", "mailto:x@y.example", "tel:+223"),
        naming("page", 7),
        ("notice", {"kind": "note", "title": "", "text": naming("document", 8)[1]}),
        ("links", {"links": [{"address": "https://b.example/"}, {"page": home}]}),
        ("documents", {"documents": [document]}),
        ("faq", {"questions": [{"question": "?", "answer": linking("https://c.example/")[1]}]}),
        (
            "table",
            {
                "caption": "",
                "columns": [{"type": "prose", "heading": "x"}, {"type": "text", "heading": "y"}],
                "rows": [{"values": [linking("https://d.example/")[1], "https://no.example/"]}],
            },
        ),
    ]
    home.add_child(instance=page)
    found = links_of(ContentPage.objects.get(pk=page.pk))
    assert {(link.kind, link.target) for link in found} == {
        ("address", "https://a.example/"),
        ("address", "#fees"),
        ("page", 7),
        ("document", 8),
        ("address", "https://b.example/"),
        ("page", home.pk),
        ("document", document.pk),
        ("address", "https://c.example/"),
        ("address", "https://d.example/"),
    }


def test_every_demo_page_can_be_read_and_own_rows_are_among_them(home):
    found = [link for page in home.get_descendants().live().specific() for link in links_of(page)]
    assert {link.kind for link in found} >= {"address", "page"}
    assert Link("page", home.pk) not in links_of(home)


# Links within the site


def test_pages_documents_places_and_own_addresses_are_checked(home, site, document, dakar):
    gone = page_with(home, slug="gone")
    hidden = page_with(home, slug="hidden", live=False)
    private = page_with(home, slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    lost = MissionDocument.objects.create(
        title="Lost", file=ContentFile(b"x", "lost.txt"), collection=document.collection
    )
    lost.file.storage.delete(lost.file.name)
    page = page_with(
        home,
        ("heading", {"text": "Fees", "level": "2"}),
        *(naming("page", one.pk) for one in (gone, hidden, private, dakar.root_page)),
        *(naming("document", one.pk) for one in (document, lost)),
        linking("#fees", "#none", "/alerts/", "/nowhere/", "/links/#none", "javascript:x()"),
        linking("http://localhost/nowhere/", "http://localhost/alerts/", "alerts"),
    )
    gone.delete()
    told = check()
    assert faults(page) == {
        f"page {gone.pk}": "PAGE_GONE",
        f"page {hidden.pk}": "PAGE_HIDDEN",
        f"page {private.pk}": "PAGE_HIDDEN",
        f"page {dakar.root_page.pk}": "PAGE_FOREIGN",
        f"document {lost.pk}": "DOCUMENT_GONE",
        "#none": "NO_ANCHOR",
        "/nowhere/": "OWN_GONE",
        "/links/#none": "NO_ANCHOR",
        "javascript:x()": "NO_ADDRESS",
        "http://localhost/nowhere/": "OWN_GONE",
        "alerts": "NO_ADDRESS",
    }
    assert "Links: 11 broken" in told and "(11 new)" in told


def test_the_demo_site_has_no_broken_links(home):
    check()
    assert not LinkProblem.objects.exists()


def test_drafts_are_not_checked(home):
    page = page_with(home, linking("/nowhere/"), live=False)
    check()
    assert faults(page) == {}


def test_what_is_mended_goes_and_what_stays_keeps_its_first_day(home, monkeypatch):
    page = page_with(home, linking("/a-nowhere/", "/b-nowhere/"))
    check()
    first = LinkProblem.objects.get(address="/a-nowhere/").first_seen
    page.body = [linking("/a-nowhere/", "/alerts/")]
    page.save_revision().publish()
    told = check()
    assert faults(page) == {"/a-nowhere/": "OWN_GONE"} and "(0 new), 1 mended" in told
    row = LinkProblem.objects.get()
    assert row.first_seen == first and row.last_seen > first
    Page.objects.get(pk=page.pk).unpublish()
    assert "1 mended" in check()
    assert not LinkProblem.objects.exists()


def test_a_dry_run_writes_nothing(home):
    page = page_with(home, linking("/nowhere/"))
    before = ModelLogEntry.objects.count()
    assert "Links: 1 broken" in check("--dry-run")
    assert faults(page) == {} and ModelLogEntry.objects.count() == before


def test_one_mission_is_checked_alone(home, dakar):
    ours = page_with(home, linking("/nowhere/"))
    theirs = page_with(dakar.root_page.specific, linking("/nowhere/"))
    check("--site", dakar.hostname)
    assert faults(theirs) and not faults(ours)
    with pytest.raises(CommandError, match="No mission answers"):
        check("--site", "nowhere.example")


def test_a_second_check_at_the_same_time_does_nothing(home, django_db_blocker):
    page_with(home, linking("/nowhere/"))
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [link_check.LOCK])
    try:
        with pytest.raises(CommandError) as refused:
            check()
    finally:
        with other.cursor() as cursor:  # closing alone is not awaited by the server
            cursor.execute("SELECT pg_advisory_unlock(%s)", [link_check.LOCK])
        other.close()
    assert refused.value.returncode == 3 and not LinkProblem.objects.exists()
    check()
    assert LinkProblem.objects.exists()


# Links elsewhere


@pytest.mark.parametrize(
    ("path", "fault", "detail"),
    [
        ("/ok/1", None, ""),
        ("/noheads/1", None, ""),
        ("/hop/1", None, ""),
        ("/huge/1", None, ""),
        ("/missing/1", LinkFault.GONE, "404"),
        ("/gone/1", LinkFault.GONE, "410"),
        ("/fail/1", LinkFault.STATUS, "500"),
        ("/hides/1", LinkFault.REFUSED, "403"),
        ("/lost/1", LinkFault.GONE, "404"),
        ("/loop/a", LinkFault.LOOP, ""),
        ("/chain/1", LinkFault.LOOP, ""),
        ("/slow/1", LinkFault.TOO_SLOW, ""),
        ("/drip/1", LinkFault.TOO_SLOW, ""),
        ("/cut/1", LinkFault.BROKEN_OFF, ""),
    ],
)
def test_servers_elsewhere_are_judged_by_what_they_do(server, path, fault, detail):
    assert Asker().fault_of(server.at(path)) == (fault and (fault, detail))


def test_an_address_that_moved_for_good_names_the_new_one(server):
    found = Asker().fault_of(server.at("/moved/1"))
    assert found == (LinkFault.MOVED, server.at("/ok/new"))


def test_head_is_asked_first_and_get_only_when_it_fails(server):
    Asker().fault_of(server.at("/ok/1"))
    Asker().fault_of(server.at("/missing/1"))
    assert server.asked == [("HEAD", "/ok/1"), ("HEAD", "/missing/1"), ("GET", "/missing/1")]


def test_a_certificate_nobody_trusts_is_named(local, tmp_path):
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=localhost", "-keyout", tmp_path / "key.pem"]
    subprocess.run(
        [*command, "-out", tmp_path / "certificate.pem"], check=True, capture_output=True
    )
    with web(tmp_path) as secure:
        found = Asker().fault_of(secure.at("/ok/1", "https"))
    assert found == (LinkFault.CERTIFICATE, "") and secure.asked == []


def test_nothing_listens(local):
    found = Asker().fault_of(f"http://127.0.0.1:{free_port()}/")
    assert found == (LinkFault.NO_CONNECTION, "")


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://127.0.0.1/", LinkFault.PRIVATE),
        ("http://169.254.169.254/latest/", LinkFault.PRIVATE),
        ("https://[::1]/", LinkFault.PRIVATE),
        ("https://nobody.invalid/", LinkFault.HOST_UNKNOWN),
        ("ftp://9.9.9.9/", LinkFault.NO_ADDRESS),
        ("https://user:word@9.9.9.9/", LinkFault.NO_ADDRESS),
        ("https://[bad/", LinkFault.NO_ADDRESS),
    ],
)
def test_private_networks_and_no_addresses_are_never_asked(monkeypatch, address, fault):
    monkeypatch.setattr(outside, "connected", None)
    assert Asker().fault_of(address) == (fault, "")


def test_a_redirect_into_a_private_network_is_not_followed(server, settings, monkeypatch):
    real = outside.is_public
    monkeypatch.setattr(outside, "is_public", lambda one: one == "127.0.0.1" or real(one))
    settings.LINK_CHECK = settings.LINK_CHECK | {"may_reach_private_networks": False}
    assert Asker().fault_of(server.at("/inward/1")) == (LinkFault.PRIVATE, "")


def test_a_host_is_left_alone_between_two_requests(server, settings, monkeypatch):
    settings.LINK_CHECK = settings.LINK_CHECK | {"pause": 3}
    clock, slept = [100.0], []

    def sleep(seconds: float) -> None:
        """Let the clock go on."""
        slept.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr(link_requests.time, "sleep", sleep)
    monkeypatch.setattr(link_requests.time, "monotonic", lambda: clock[0])
    asker = Asker()
    asker.fault_of(server.at("/ok/1"))
    asker.fault_of(server.at("/ok/2"))
    assert slept == [0, 3]


def test_others_are_asked_once_each_and_only_when_told(home, server):
    gone, fine = server.at("/missing/1"), server.at("/ok/1")
    page = page_with(home, linking(gone, fine, f"{fine}#part"))
    other = page_with(home, linking(gone), slug="other")
    check()
    assert server.asked == [] and faults(page) == {}
    check("--external")
    ours = [path for _method, path in server.asked if path.startswith(("/ok", "/missing"))]
    assert sorted(ours) == ["/missing/1", "/missing/1", "/ok/1"]  # HEAD and GET, and HEAD
    assert faults(page) == faults(other) == {gone: "GONE"}
    check()  # asks nobody, and keeps what is known
    assert faults(page) == {gone: "GONE"}
    page.body = [linking(fine)]
    page.save_revision().publish()
    check()
    assert faults(page) == {} and faults(other)


# The report


def test_the_report_leads_to_the_editor_and_says_what_to_do(home, editor_client):
    page = page_with(home, linking("/nowhere/"))
    assert "have not been checked yet" in shown(editor_client)
    check()
    text = shown(editor_client)
    assert f'href="/admin/pages/{page.pk}/edit/"' in text and "/nowhere/" in text
    assert "Nothing is at this address of our site." in text and "was checked last on" in text
    assert "/nowhere/" not in shown(editor_client, "?where=elsewhere")
    assert "/nowhere/" in shown(editor_client, "?where=here&p=99")


def shown(client, query: str = "") -> str:
    """Give the report as an account sees it."""
    response = client.get(f"{REPORT}{query}", HTTP_HOST="localhost")
    assert response.status_code == 200
    return response.content.decode()


def test_the_report_shows_each_mission_its_own(home, dakar, client, staff):
    page_with(dakar.root_page.specific, linking("/ailleurs-nulle-part/"))
    page_with(home, linking("/nowhere/"))
    check()
    client.force_login(person(dakar, "section_editor"))
    assert "ailleurs-nulle-part" in shown(client) and ">/nowhere/" not in shown(client)
    client.force_login(staff["section_editor"])
    assert "ailleurs-nulle-part" not in shown(client) and "/nowhere/" in shown(client)
    client.force_login(staff["administrator"])
    assert client.get(REPORT, HTTP_HOST="localhost").status_code in (302, 403)


@pytest.mark.parametrize("fault", LinkFault)
def test_every_fault_is_a_sentence_in_both_languages(site, home, fault, compiled):
    row = LinkProblem(site=site, page=home, address="x", fault=fault, detail="5%", is_external=True)
    english = row.sentence
    with override("fr"):
        assert row.sentence != english and "%(" not in row.sentence
    assert english.endswith((".", "5%"))


def test_no_command_of_ours_hides_what_every_command_needs():
    """Django calls these by itself before a command is run; `call_command` does not."""
    apart = {"handle", "add_arguments", "help", "__init__"}
    for name, app in get_commands().items():
        if app not in ("embassy", "sections", "relations", "advisories", "accounts"):
            continue
        command = type(load_command_class(app, name))
        hidden = {
            name
            for kind in command.__mro__
            if kind.__module__.startswith(app)
            for name in vars(kind)
            if callable(getattr(BaseCommand, name, None)) and not name.startswith("_")
        }
        assert hidden <= apart, name
