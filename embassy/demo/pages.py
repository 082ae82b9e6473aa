"""The demo mission's plain pages: visas, services for citizens, contact, privacy, accessibility."""

from embassy.demo import contacts as known
from embassy.demo.registry import (
    Fields,
    contact,
    page_once,
    part_of_demo,
    place_after,
    under,
)
from embassy.demo.sources import ADVISORY_PAGE, MESSAGE_PAGE, OFFICES_PAGE, listed
from embassy.demo.words import contacts, heading, link, links, note, text
from embassy.models import ContentPage

STEP = link("Enroll in STEP (Department of State)", "https://mytravel.state.gov/s/step")


@part_of_demo(80, "pages")
def pages() -> int:
    """Make the plain pages, those people come for next to the alerts in the menu."""
    served = make("visas", "Visas", visas) + make(
        "citizen-services", "U.S. citizen services", citizen_services
    )
    if served:
        place_after("visas", "alerts")
        place_after("citizen-services", "visas")
    return (
        served
        + make("contact", "About this embassy and contact", contact_page)
        + make("privacy", "Privacy", privacy)
        + make("accessibility", "Accessibility", accessibility)
    )


def make(slug: str, title: str, fields: Fields) -> int:
    """Make one of them below home."""
    return page_once("", ContentPage, slug, title, fields)


def visas() -> dict:
    """Say what the sources say of visas: who processes which, and how to ask."""
    office = under("sections-offices")
    return {
        "summary": (
            "The Consular Section in Bamako processes non-immigrant visas for travel to the United "
            "States."
        ),
        "show_in_menus": True,
        "body": [
            text(
                "Applications for non-immigrant visas are processed here in Bamako, by the "
                "Consular Section of this embassy."
            ),
            note(
                "Ask before you come",
                "Fees, forms, appointments and opening hours are not listed here, because none of "
                "our sources gives them. The Consular Section can tell you, also about visas of "
                "any other kind.",
            ),
            contacts(
                "Reach the Consular Section",
                contact(known.CONSULAR_MAIL),
                contact(known.SWITCHBOARD),
            ),
            links("Read more", link("Sections & offices of the embassy", page=office)),
        ],
        "sources": listed(OFFICES_PAGE, ADVISORY_PAGE),
    }


def citizen_services() -> dict:
    """Say how U.S. citizens get help, and how STEP keeps them informed."""
    return {
        "summary": (
            "Help in an emergency, the full range of consular services, and how to be told when "
            "something happens."
        ),
        "show_in_menus": True,
        "body": [
            heading("In an emergency"),
            contacts("", contact(known.DUTY), contact(known.SWITCHBOARD)),
            heading("Consular services"),
            text(
                "At the Consular Section there is the full range of services for U.S. citizens. "
                "Write or call, and say what you need."
            ),
            contacts("", contact(known.CONSULAR_MAIL)),
            heading("Tell us about your trip"),
            text(
                "If you live in Mali or travel there, enroll in the Smart Traveler Enrollment "
                "Program (STEP) of the Department of State, in advance if you can:",
                [
                    "You receive important safety and security announcements, and the embassy’s "
                    "alerts.",
                    "In an emergency, the embassy can contact you or the person you named.",
                    "Friends and family can reach you when there is an emergency.",
                ],
                "Keep all you entered current, above all the phone number and the e-mail address "
                "at which you can be reached.",
            ),
            links("", STEP),
            heading("Safety information by phone"),
            text("For those without internet access. The lines rest on U.S. federal holidays."),
            contacts("", contact(known.FROM_THE_STATES), contact(known.FROM_ABROAD)),
            heading("Before you travel"),
            links(
                "",
                link("Travel advisory for Mali", page=under("travel-advisory")),
                link("Alerts", page=under("alerts")),
                link("Country information", page=under("country-information")),
            ),
        ],
        "sources": listed(OFFICES_PAGE, ADVISORY_PAGE, MESSAGE_PAGE),
    }


def contact_page() -> dict:
    """Say where the embassy is and how to reach it; the address comes from the mission's facts."""
    return {
        "summary": "Where the embassy is, whom to call at which hour, and how to reach an office.",
        "body": [
            heading("Where we are"),
            text(
                "In the Embassy of the United States of America in Bamako, several departments of "
                "the U.S. government work together."
            ),
            ("address", {"title": ""}),
            heading("Call or write"),
            contacts(
                "",
                contact(known.SWITCHBOARD),
                contact(known.DUTY),
                contact(known.CONSULAR_MAIL),
            ),
            heading("Defense Attaché Office"),
            contacts(
                "",
                contact(known.DEFENSE_ATTACHE),
                contact(known.OPERATIONS),
                contact(known.SECURITY_COOPERATION),
            ),
            heading("Safety information by phone"),
            contacts("", contact(known.FROM_THE_STATES), contact(known.FROM_ABROAD)),
            heading("Hours and holidays"),
            text(
                "None of our sources gives the embassy’s opening hours: call the switchboard "
                "before you come, and expect holidays of Mali and of the United States to matter. "
                "The safety information lines keep the hours shown with them, and rest on U.S. "
                "federal holidays. For emergencies there is the after-hours number."
            ),
            ("holidays", {"title": ""}),
            links(
                "Read more",
                link("Sections & offices", page=under("sections-offices")),
                link("Officials", page=under("officials")),
            ),
        ],
        "sources": listed(OFFICES_PAGE, ADVISORY_PAGE, MESSAGE_PAGE),
    }


def privacy() -> dict:
    """Say what this site does with its visitors: nothing."""
    return {
        "summary": "Visitors get no cookie, nobody tracks them, and nothing is loaded from "
        "elsewhere.",
        "body": [
            text(
                [
                    "No cookie is set while you read or search this site.",
                    "Nothing counts you, and nothing follows you from page to page.",
                    "Styles, pictures and scripts all come from this site; no other site learns "
                    "that you are here.",
                    "Your browser may keep pages for an emergency on your own device, so that you "
                    "can read them without a network. This site does not learn which.",
                    "There are no accounts for visitors, and no sign-in to read anything.",
                    "Before a link leads you to a site that is not the Department of State’s, a "
                    "notice shows you where it goes.",
                ],
                "Staff who sign in to edit these pages get the cookies that their session needs.",
            ),
            heading("What you send us by form"),
            text(
                [
                    "The forms set no cookie either.",
                    "When you say whether a page was useful, your answer is kept with the page and "
                    "the day, and nothing that leads to you. Your words are erased after a year.",
                    "When you ask an office a question, it gets your words, your name and your "
                    "address or number by mail. Here they are erased 30 days after somebody "
                    "answered, and after 90 days at the latest.",
                    "So that no program floods the forms, this site keeps for a day at most a "
                    "number made from your address in the network and a secret. The secret is "
                    "erased at the end of the day; then nothing leads back to your address.",
                ],
            ),
        ],
    }


def accessibility() -> dict:
    """Say how this site can be used, and whom to tell what does not work."""
    return {
        "summary": "This site is made to be used by everybody. Tell us where it fails you.",
        "body": [
            text(
                "What we hold ourselves to is level AA of the Web Content Accessibility Guidelines "
                "2.2. The law asks for 2.0 AA (Section 508).",
                [
                    "Every page works without scripts and with a keyboard alone.",
                    "The first links of a page skip the navigation and the breadcrumb.",
                    "A chart stands next to a table with the same figures; a map next to a list of "
                    "its places.",
                    "The level of a travel advisory is told by number and words, never by color "
                    "alone.",
                ],
            ),
            heading("How we look at it"),
            text(
                [
                    "A program (axe) reads a page of every kind, in both languages, as on a "
                    "phone and as on a desk, in the light and the dark scheme.",
                    "All pages are looked at with forced colors, at a zoom of 400 percent and with "
                    "wider spacing of the text, and walked through with the Tab key alone.",
                    "A program finds only a part of what can be wrong. That is why we ask you.",
                ],
            ),
            heading("What does not hold everywhere"),
            text(
                "Documents that other offices publish, and pages of other websites, are theirs: we "
                "cannot promise the same of them. Maps are drawn for the eye, so all that they "
                "tell stands in words below them."
            ),
            heading("Something does not work for you?"),
            text("Tell us which page it is and what you tried to do."),
            contacts("", contact(known.SWITCHBOARD), contact(known.CONSULAR_MAIL)),
        ],
    }
