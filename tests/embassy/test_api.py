"""The API: what is public and nothing else, described truly, in few queries, with clear faults."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from advisories.models import AlertPage, Issue
from advisories.vocabulary import Act
from embassy.links.addresses import is_kept
from relations.models import EventPage, FactSheetPage, NewsIndexPage, NewsPage
from sections.models import OfficePage, OfficialPage, Post, Term
from tests.advisories.factories import alert, end
from tests.french import in_french

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LISTS = [
    *("offices", "officials", "posts", "fact-sheets", "news", "events"),
    *("advisories", "alerts", "alerts?state=all"),
]


def ask(path: str, host: str = "localhost"):
    """Ask for an address below the API's."""
    return Client().get(f"/api/v1/{path}", HTTP_HOST=host)


def data(path: str, host: str = "localhost") -> dict:
    """Give an answer's data."""
    response = ask(path, host)
    assert response.status_code == 200, response.content
    assert response["Content-Type"].startswith("application/json")
    return json.loads(response.content)


def items(path: str, host: str = "localhost") -> list[dict]:
    """Give all items of a list."""
    return data(f"{path}{'&' if '?' in path else '?'}limit=100", host)["items"]


@pytest.fixture
def filled(home):
    """The demo site with news, events and alerts enough for several windows."""
    index = NewsIndexPage.objects.descendant_of(home).get()
    now = timezone.now()
    for number in range(12):
        index.add_child(instance=NewsPage(title=f"News {number}", date=date(2026, 1, number + 1)))
        times = {"starts": now, "ends": now + HOUR, "venue": "Here", "time_zone": "Africa/Bamako"}
        index.add_child(instance=EventPage(title=f"Event {number}", **times))
        alert(now - HOUR, now + HOUR, title=f"Alert {number}")
    return index


# What it says of itself


def described() -> dict:
    """Give the description of the API."""
    return data("openapi.json")


def resolve(schema: dict, whole: dict) -> dict:
    """Follow a reference within the description."""
    while "$ref" in schema:
        schema = whole["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def faults(value, schema: dict, whole: dict, at: str = "$") -> list[str]:
    """Give where a value is not what the description says."""
    schema = resolve(schema, whole)
    if "anyOf" in schema:
        found = [faults(value, option, whole, at) for option in schema["anyOf"]]
        return [] if any(not one for one in found) else found[0]
    kinds = {
        "object": dict, "array": list, "string": str, "integer": int, "number": (int, float),
        "boolean": bool, "null": type(None),
    }  # fmt: skip
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        return [f"{at}: {value!r} is no {schema['type']}"]
    found = []
    if isinstance(value, dict):
        known = schema.get("properties", {})
        found += [f"{at}: no {name}" for name in schema.get("required", []) if name not in value]
        rest = schema.get("additionalProperties")
        for name, part in value.items():
            if name in known:
                found += faults(part, known[name], whole, f"{at}.{name}")
            elif isinstance(rest, dict):
                found += faults(part, rest, whole, f"{at}.{name}")
            else:
                found.append(f"{at}: {name} is not described")
    if isinstance(value, list):
        for number, part in enumerate(value):
            found += faults(part, schema.get("items", {}), whole, f"{at}[{number}]")
    return found


def test_the_description_names_every_resource_and_loads_nothing_from_elsewhere():
    whole = described()
    assert whole["openapi"].startswith("3.") and whole["info"]["version"].startswith("1.")
    paths = {path.removeprefix("/api/v1/").partition("/")[0] for path in whole["paths"]}
    assert paths == {path.partition("?")[0] for path in LISTS}
    assert all(set(operations) == {"get"} for operations in whole["paths"].values())
    operations = [operation["get"]["operationId"] for operation in whole["paths"].values()]
    assert len(set(operations)) == len(operations)
    assert ask("docs").status_code == 404


def test_every_answer_is_as_described(filled):
    whole = described()
    for path, operations in whole["paths"].items():
        answers = operations["get"]["responses"]
        assert set(answers) == {"200", "400", "404"}
        schema = answers["200"]["content"]["application/json"]["schema"]
        name = path.removeprefix("/api/v1/")
        if "{" not in name:
            for query in ("", "?limit=100", "?state=all&limit=100"):
                assert faults(data(f"{name}{query}"), schema, whole) == []
            continue
        base = name.partition("/")[0]
        found = items(f"{base}?state=all")
        assert found, base
        for item in found:
            assert faults(data(f"{base}/{item['id']}"), schema, whole) == []


def test_a_wrong_answer_is_seen():
    whole = {"components": {"schemas": {"A": {"type": "object", "properties": {}}}}}
    assert faults({"x": 1}, {"$ref": "#/components/schemas/A"}, whole)
    assert faults("x", {"type": "integer"}, whole)
    assert faults({}, {"type": "object", "required": ["id"]}, whole) == ["$: no id"]


# Windows and faults


def test_a_list_is_read_window_by_window(filled):
    seen, path = [], "news?limit=5"
    while path:
        part = data(path)
        seen += [item["id"] for item in part["items"]]
        assert part["count"] == NewsPage.objects.live().filter(locale__language_code="en").count()
        path = (part["next"] or "").partition("/api/v1/")[2]
    assert len(seen) == len(set(seen)) == part["count"]
    assert part["previous"] and not part["next"]
    assert data("news?limit=5&offset=1")["previous"].endswith("offset=0")
    assert data("news?offset=1000000")["items"] == []


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("news?limit=0", "The parameter “limit” should be greater than or equal to 1."),
        ("news?limit=101", "The parameter “limit” should be less than or equal to 100."),
        ("news?offset=-1", "The parameter “offset” should be greater than or equal to 0."),
        ("news?offset=9999999999", "The parameter “offset” should be less than or equal to"),
        ("news?limit=many", "The parameter “limit” should be a valid integer"),
        ("news?language=xx", "This mission does not publish in “xx”, but in: en, fr."),
        ("alerts?state=gone", "The parameter “state” should be 'in_force', 'upcoming', 'over'"),
    ],
)
def test_a_wrong_parameter_is_named(path, sentence):
    response = ask(path)
    assert response.status_code == 400
    assert json.loads(response.content)["error"].startswith(sentence)
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path",
    ["", "nothing", "offices/0", "offices/99999999999999999999", "alerts/x", "news/-1", "news/%00"],
)
def test_what_is_not_there_says_so_as_data(path):
    response = ask(path)
    assert response.status_code == 404
    assert "error" in json.loads(response.content)
    assert response["Access-Control-Allow-Origin"] == "*"


def test_no_page_can_take_its_address(home):
    assert is_kept("api", home)


@pytest.mark.parametrize("name", LISTS)
def test_lists_ask_as_few_questions_for_many_as_for_one(name, filled):
    def questions(limit: int) -> list[str]:
        """Give the questions asked for a window."""
        with CaptureQueriesContext(connection) as asked:
            ask(f"{name}{'&' if '?' in name else '?'}limit={limit}")
        return [question["sql"] for question in asked]

    for _ in range(2):  # the first reads the facts, and forgets the sites' roots along with them
        questions(1)
    one, many = questions(1), questions(100)
    assert len(one) == len(many) <= 12, "\n".join(["One:", *one, "Many:", *many])


# What is public


def test_drafts_and_restricted_pages_are_nowhere(filled, staff, client):
    draft = NewsPage(title="SECRET", date=date(2026, 1, 1), live=False)
    filled.add_child(instance=draft)
    shut = NewsPage(title="SECRET", date=date(2026, 1, 1))
    filled.add_child(instance=shut)
    PageViewRestriction.objects.create(page=shut, restriction_type=PageViewRestriction.LOGIN)
    client.force_login(staff["administrator"])
    for page in (draft, shut):
        assert client.get(f"/api/v1/news/{page.pk}").status_code == 404
    assert "SECRET" not in client.get("/api/v1/news?limit=100").content.decode()
    PageViewRestriction.objects.create(page=filled, restriction_type=PageViewRestriction.LOGIN)
    assert items("news") == items("events") == []
    visible = NewsPage.objects.live().exclude(pk=shut.pk).first()
    assert ask(f"news/{visible.pk}").status_code == 404


@pytest.mark.parametrize("model", [OfficePage, OfficialPage, FactSheetPage])
def test_what_is_taken_off_the_site_is_taken_off_the_api(model):
    names = {OfficePage: "offices", OfficialPage: "officials", FactSheetPage: "fact-sheets"}
    page = model.objects.live().order_by("-depth").first()
    assert data(f"{names[model]}/{page.pk}")["title"] == page.title
    page.unpublish()
    assert ask(f"{names[model]}/{page.pk}").status_code == 404
    assert page.pk not in {item["id"] for item in items(names[model])}


def test_another_mission_sees_its_own_and_not_ours(nairobi, site):
    now = timezone.now()
    theirs = alert(now - HOUR, now + HOUR, title="Not ours", below=nairobi.root_page)
    Post.objects.create(site=nairobi, title={"en": "Not ours"})
    for name in LISTS:
        ours = ask(f"{name}{'&' if '?' in name else '?'}limit=100").content.decode()
        assert "Not ours" not in ours, name
    host = "nairobi.localhost"
    assert [item["id"] for item in items("alerts", host)] == [theirs.pk]
    assert ask(f"alerts/{theirs.pk}").status_code == 404
    for name in ("offices", "officials", "fact-sheets", "news", "advisories"):
        assert items(name, host) == []
        assert ask(f"{name}/{items(name)[0]['id']}", host).status_code == 404


def test_pages_are_asked_for_by_language(home):
    office = OfficePage.objects.descendant_of(home).filter(kind="agency").first()
    page = in_french(office)
    page.title = "Ambassade"
    page.save_revision().publish()
    everything = items("offices?language=fr")
    (found,) = [item for item in everything if item["id"] == page.pk]
    assert (found["title"], found["language"]) == ("Ambassade", "fr")
    assert all(item["url"].startswith("http://localhost/fr/") for item in everything)
    assert len(everything) == len(items("offices?language=en"))
    assert "Ambassade" not in {item["title"] for item in items("offices")}
    assert data(f"offices/{page.pk}")["title"] == "Ambassade"
    assert data("offices?language=fr&limit=1")["count"] == len(everything)


# What the resources say


def test_offices_are_a_tree_with_numbers_and_hours(home):
    found = {item["id"]: item for item in items("offices")}
    for office in OfficePage.objects.live().filter(locale__language_code="en"):
        above = office.get_parent()
        expected = above.pk if above.specific_class is OfficePage else None
        assert found[office.pk]["parent"] == expected
        assert Client().get(found[office.pk]["url"], HTTP_HOST="localhost").status_code == 200
    contacts = [contact for item in found.values() for contact in item["contacts"]]
    phones = [contact for contact in contacts if contact["channel"] == "phone" and contact["value"]]
    assert phones and all(phone["e164"].startswith("+") for phone in phones)
    assert all(phone["e164"][1:].isdigit() for phone in phones)
    assert all(contact["e164"] is None for contact in contacts if contact["channel"] == "mail")
    kept = [item["hours"] for item in found.values() if item["hours"]]
    for hours in kept:
        assert hours["time_zone"] and (hours["periods"] or hours["always_open"])
        assert all(1 <= period["weekday"] <= 7 for period in hours["periods"])


def test_a_retired_number_is_no_longer_given(home):
    office = next(item for item in items("offices") if item["contacts"])
    row = OfficePage.objects.get(pk=office["id"]).contact_rows.first()
    row.contact.retired = True
    row.contact.save()
    after = data(f"offices/{office['id']}")["contacts"]
    assert len(after) == len(office["contacts"]) - 1


def test_terms_say_which_of_their_ends_nobody_knows():
    terms = {
        term.pk: term
        for term in Term.objects.filter(official__live=True, official__locale__language_code="en")
    }
    given = [term for item in items("officials") for term in item["terms"]]
    assert len(given) == len(terms)
    for term in given:
        assert term["begin_is_known"] == (term["begins"] is not None)
        assert (term["end"] == "known") == (term["ends"] is not None)
        assert term["post_titles"]["en"]
    assert {term["end"] for term in given} == {"unknown"}  # no source gives any
    official = OfficialPage.objects.live().first()
    post = Post.objects.first()
    Term.objects.create(official=official, post=post, begins=date(2020, 1, 1), still=True)
    Term.objects.create(
        official=official, post=post, begins=date(2018, 1, 1), ends=date(2019, 1, 1)
    )
    ends = {term["end"] for term in data(f"officials/{official.pk}")["terms"]}
    assert {"goes_on", "known"} <= ends


def test_posts_are_those_of_the_mission(site):
    assert {item["id"] for item in items("posts")} == set(
        Post.objects.for_site(site).values_list("pk", flat=True)
    )


def test_fact_sheets_keep_their_editions():
    (sheet,) = [item for item in items("fact-sheets") if item["editions"]][:1]
    dates = [edition["date"] for edition in sheet["editions"]]
    assert dates == sorted(dates, reverse=True)
    for edition in sheet["editions"]:
        assert Client().get(edition["url"], HTTP_HOST="localhost").status_code == 200
    assert any("Mali" in text for text in data(f"fact-sheets/{sheet['id']}")["text"])


def test_news_and_events_the_latest_first(filled):
    dates = [item["date"] for item in items("news")]
    assert dates == sorted(dates, reverse=True)
    event = items("events")[0]
    assert event["time_zone"] == "Africa/Bamako" and event["starts"].endswith("Z")
    assert isinstance(data(f"events/{event['id']}")["text"], list)


@pytest.mark.parametrize(
    ("state", "title"),
    [("in_force", "Now"), ("upcoming", "Later"), ("over", "Before")],
)
def test_alerts_are_those_in_force_unless_others_are_asked_for(state, title):
    now = timezone.now()
    alert(now - HOUR, now + HOUR, title="Now")
    alert(now + HOUR, now + 2 * HOUR, title="Later")
    alert(now - 2 * HOUR, now - HOUR, title="Before")
    found = items(f"alerts?state={state}")
    assert title in [item["texts"]["en"]["headline"] for item in found]
    assert {item["state"] for item in found} == {state}
    assert [item["texts"]["en"]["headline"] for item in items("alerts")] == ["Now"]
    assert len(items("alerts?state=all")) == 4  # with the message of 2012
    page = Page.objects.get(title=title)
    assert data(f"alerts/{page.pk}")["state"] == state


def test_an_alert_tells_its_whole_record(staff):
    now = timezone.now()
    page = alert(now - HOUR, now + HOUR, title="Roads closed")
    end(page, Act.CANCEL, staff)
    given = data(f"alerts/{page.pk}")
    assert (given["state"], given["act"], given["number"]) == ("over", "cancel", 2)
    assert [issue["number"] for issue in given["issues"]] == [2, 1]
    for issue in given["issues"]:
        for address in (issue["url"], issue["cap"]):
            assert Client().get(address, HTTP_HOST="localhost").status_code == 200
    assert given["texts"]["en"]["note"] == "It is over."
    assert given["texts"]["en"]["contacts"][0]["e164"] == "+22366752860"
    text = json.dumps(given)
    assert "Duty" not in text.replace("duty officer", "") and "writers" not in text


def test_the_advisory_tells_its_versions(staff):
    page = Issue.objects.advisories().get().page.specific
    end(page, Act.REVIEWED, staff)
    given = data(f"advisories/{page.pk}")
    assert (given["level"], given["country"], given["act"]) == (4, "ML", "reviewed")
    addresses = [issue["url"] for issue in given["issues"]]
    assert addresses[1].endswith("/travel-advisory/2026-01-09/")
    for address in addresses:
        assert Client().get(address, HTTP_HOST="localhost").status_code == 200
    assert AlertPage.objects.exists() and ask(f"alerts/{page.pk}").status_code == 404
