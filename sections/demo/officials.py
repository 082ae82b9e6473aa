"""The demo mission's posts and officials; no source gives the start or the end of any term."""

from datetime import date

from embassy.demo import demo_site, fill_once, page_once, part_of_demo, under
from embassy.demo.sources import FACT_SHEET, FACT_SHEET_PAGE, RELATIONS, RELATIONS_PAGE, listed
from embassy.demo.words import prose
from embassy.fields import Texts
from sections.models import OfficialPage, Post, Term

AMBASSADOR = "Ambassador"

POSTS = [
    (AMBASSADOR, "Ambassadeur"),
    ("Deputy Chief of Mission", "Chef de mission adjoint"),
    ("Director, USAID Mission", "Directeur de la mission de l’USAID"),
    ("Director, Peace Corps", "Directeur du Corps de la paix"),
    ("Public Affairs Officer", "Responsable des affaires publiques"),
    ("Management Officer", "Responsable de la gestion"),
    ("Political/Economic Officer", "Responsable des affaires politiques et économiques"),
    ("Consular Officer", "Responsable des affaires consulaires"),
    ("Defense Attaché", "Attaché de défense"),
]

UNDATED = [
    ("Gillian Milovanovic", AMBASSADOR, ""),
    ("Peter Barlerin", "Deputy Chief of Mission", ""),
    ("Rebecca Black", "Director, USAID Mission", ""),
    ("Michael Simsik", "Director, Peace Corps", ""),
    ("Kate Kaetzer-Hodson", "Public Affairs Officer", ""),
    ("Matthew Cook", "Management Officer", ""),
    ("Peter Newman", "Political/Economic Officer", ""),
    ("Rebecca Drame", "Consular Officer", ""),
    ("Eric Dalton", "Defense Attaché", "LTC"),
]

SUMMARY = "Who is known to hold which post of the embassy, on which day, and who says so."
INTRODUCTION = prose(
    "Our sources name office holders of different years. One names nine without any date, another "
    "names the ambassador on October 15, 2015. None says when a term began or ended, so nobody is "
    "shown in a post on a day for which no source speaks."
)
CHIEFS_NOTE = prose(
    "One source counts eighteen previous U.S. ambassadors to Mali. Its list of their names was "
    "lost, and it has not been filled in from elsewhere."
)


@part_of_demo(30, "posts")
def posts() -> int:
    """Make the posts the sources name."""
    known = {post.title["en"] for post in Post.objects.for_site(demo_site())}
    wanted = [(order, row) for order, row in enumerate(POSTS, start=1) if row[0] not in known]
    for order, (english, french) in wanted:
        Post.objects.create(
            site=demo_site(),
            title=Texts(en=english, fr=french),
            sort_order=order * 10,
            is_chief_of_mission=english == AMBASSADOR,
        )
    return len(wanted)


@part_of_demo(45, "officials")
def officials() -> int:
    """Make the officials with their terms."""
    index = under("officials")
    made = fill_once(
        index,
        summary=SUMMARY,
        introduction=INTRODUCTION,
        chiefs_note=CHIEFS_NOTE,
        sources=listed(RELATIONS_PAGE, FACT_SHEET_PAGE),
    )
    posts = {post.title["en"]: post for post in Post.objects.for_site(demo_site())}
    made += page_once(
        index,
        OfficialPage,
        title="Paul A. Folmsbee",
        summary="Named as U.S. Ambassador to Mali by the fact sheet of October 15, 2015.",
        terms=[Term(post=posts[AMBASSADOR], seen_on=date(2015, 10, 15), source=FACT_SHEET)],
        sources=listed(FACT_SHEET_PAGE),
    )
    for name, title, rank in UNDATED:
        made += page_once(
            index,
            OfficialPage,
            title=name,
            rank=rank,
            summary=f"Named as {title} by an undated page on Mali–United States relations.",
            terms=[Term(post=posts[title], source=RELATIONS)],
            sources=listed(RELATIONS_PAGE),
        )
    return made
