"""The demo mission's posts and officials; no source gives the start or the end of any term."""

from datetime import date
from functools import partial

from embassy.demo import demo_site, fill_once, made, once, page_once, part_of_demo
from embassy.demo.sources import (
    FACT_SHEET,
    FACT_SHEET_PAGE,
    RELATIONS,
    RELATIONS_PAGE,
    in_each_language,
    listed,
)
from embassy.demo.words import prose
from embassy.fields import Texts
from sections.models import OfficialPage, Post, Term

INDEX = "officials"
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
    return sum(
        once(
            post_key(english),
            english,
            make=partial(make_post, order * 10, english, french),
            same=partial(same_post, english, french),
        )
        for order, (english, french) in enumerate(POSTS, start=1)
    )


def post_key(title: str) -> str:
    """Give the key of a post by the English title with which it was made."""
    return f"post:{title}"


def make_post(order: int, english: str, french: str) -> Post:
    """Make a post."""
    return Post.objects.create(
        site=demo_site(),
        title=Texts(en=english, fr=french),
        sort_order=order,
        is_chief_of_mission=english == AMBASSADOR,
    )


def same_post(english: str, french: str) -> Post | None:
    """Recognize a post by its title in either language."""
    posts = Post.objects.for_site(demo_site())
    return posts.filter(title__en=english).first() or posts.filter(title__fr=french).first()


@part_of_demo(45, "officials")
def officials() -> int:
    """Make the officials with their terms."""
    made_now = fill_once(INDEX, words)
    made_now += page_once(INDEX, OfficialPage, title="Paul A. Folmsbee", fields=ambassador_of_2015)
    return made_now + sum(
        page_once(INDEX, OfficialPage, title=name, fields=partial(undated, title, rank))
        for name, title, rank in UNDATED
    )


def words() -> dict:
    """Give what the list of officials says."""
    return {
        "summary": SUMMARY,
        "introduction": INTRODUCTION,
        "chiefs_note": CHIEFS_NOTE,
        "sources": listed(RELATIONS_PAGE, FACT_SHEET_PAGE),
    }


def ambassador_of_2015() -> dict:
    """Give what is known of the ambassador whom the fact sheet names."""
    post, told = made(post_key(AMBASSADOR)), in_each_language(FACT_SHEET)
    return {
        "summary": "Named as U.S. Ambassador to Mali by the fact sheet of October 15, 2015.",
        "terms": [Term(post=post, seen_on=date(2015, 10, 15), source=told)],
        "sources": listed(FACT_SHEET_PAGE),
    }


def undated(title: str, rank: str) -> dict:
    """Give what is known of an official whom a source names without a date."""
    return {
        "rank": rank,
        "summary": f"Named as {title} by an undated page on Mali–United States relations.",
        "terms": [Term(post=made(post_key(title)), source=in_each_language(RELATIONS))],
        "sources": listed(RELATIONS_PAGE),
    }
