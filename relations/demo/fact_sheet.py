"""The fact sheet of October 15, 2015: all its facts and figures, in sentences of our own."""

from datetime import date

from embassy.demo import contact, fill_once, page_once, part_of_demo
from embassy.demo.contacts import MALI_IN_WASHINGTON
from embassy.demo.sources import FACT_SHEET_PAGE, STATE, listed
from embassy.demo.words import contacts, faq, heading, link, note, numbered, text
from relations.demo.figures import (
    ASSISTANCE,
    CILSS,
    ECOWAS,
    EMBASSY_OF_MALI,
    SHARED_MEMBERSHIPS,
    STRATEGY,
)
from relations.models import FactSheetEdition, FactSheetPage

TITLE = "U.S. Relations With Mali"
SLUG = "us-relations-with-mali"
DATE = date(2015, 10, 15)
SUMMARY = (
    "Background, U.S. assistance, economic relations, memberships and representation, as the "
    "Bureau of African Affairs stated them on October 15, 2015."
)

OWN_WORDS = note(
    "About this text",
    "The facts and figures are those of the fact sheet, as of its date. The sentences are this "
    "site’s own.",
)

BACKGROUND = [
    heading("Background"),
    text(
        "Diplomatic relations began in 1960, when Mali had become independent from France. In "
        "1992, Mali changed from a one-party state to a multiparty democracy. In March 2012, the "
        "military seized power from the elected civilian government; an interim administration was "
        "then set up.",
        "That year Mali went through a rebellion in the north and the coup, and violent extremist "
        "groups took the northern two-thirds of the country. An international military "
        "intervention led by France came in January 2013, and after it an international presence "
        "through MINUSMA (United Nations Multidimensional Integrated Stabilization Mission in "
        "Mali). Both had a part in restoring Mali’s territorial integrity and in keeping it. In "
        "July and August 2013, a president and a legislature were elected with success. The fact "
        "sheet saw substantial progress in the two years before it.",
        "After long and difficult negotiations, the Accord for Peace and Reconciliation was fully "
        "signed on June 20, 2015. The Malian government then worked with coalitions of armed "
        "groups in the north to put it into practice. The accord called for measures that build "
        "confidence, such as joint security patrols throughout the country. Progress was slow: "
        "rebel groups remained active in northern Mali despite UN peacekeepers and French forces, "
        "and extremist groups that had not signed threatened the fragile peace.",
        "For decades relations had been strong, built on shared goals: stronger democracy, and "
        "less poverty through economic growth. Except for the crisis of 2012, Mali’s democratic "
        "government had reduced poverty significantly and improved life for many Malians. Still, "
        "in the Human Development Index the country stayed close to the end of the list, above all "
        "for health and for education, and it faced challenges of security. The United States "
        "stated that it would keep supporting peace and economic development, and that progress "
        "would take a sustained effort by the Malian government.",
    ),
]

INTERESTS = [
    "a stable democracy and better governance",
    "regional security, by fighting terrorists and traffickers who seek to use the ungoverned "
    "spaces of the Sahel",
    "less chronic vulnerability, through social development and sustainable livelihoods",
    "economic growth, opportunity and development, through sustainable development and more U.S. "
    "economic investment",
]

GOALS = [
    "promote democratic institutions, governance that responds to people, and respect for human "
    "rights",
    "strengthen regional security by building institutions against transnational threats",
    "advance social development, particularly health and education",
    "increase economic growth and sustainable livelihoods",
    "promote the United States as a key partner of Malians, deepen mutual understanding, and "
    "protect the well-being of U.S. citizens",
]

AGENCIES = [
    "the Peace Corps, which had recently returned",
    "the U.S. Agency for International Development (USAID)",
    "the Centers for Disease Control (CDC)",
    "NIH (printed as National Institute for Health)",
    "the Department of Defense (DOD)",
]

INITIATIVES = [
    "Women, Peace and Security (WPS)",
    "Trans-Sahel Counter Terrorism Partnership (TSTCP)",
    "Security Governance Initiative (SGI)",
    "Global Climate Change (GCC)",
    "Feed the Future (FTF)",
    "Resilience",
    "President’s Malaria Initiative (PMI)",
    "President’s Emergency Plan for AIDS Relief (PEPFAR)",
    "Global Health Security Agenda (GHSA)",
    "Ending Preventable Child and Maternal Death (EPCMD)",
]

OBJECTIVES = [
    "Stabilization of areas affected by conflict: for instance humanitarian assistance and the "
    "transition to development in the northern regions of Gao, Timbuktu and Kidal.",
    "More public trust in government: for instance better public services (above all health, "
    "education and justice), respect for human rights and the administration of justice, and "
    "citizens who take part in elections.",
    "More resilience and capacity to adapt in vulnerable communities and households: mitigation of "
    "climate change, action against violent extremism, a more diverse economy, and stronger human "
    "capital.",
    "More prosperity through socio-economic well-being: particularly better health services and "
    "healthy behaviors, less poverty and malnutrition by way of investment in agriculture, and "
    "boys and girls who learn to read in the early grades.",
]

ASSISTANCE_SECTION = [
    heading("U.S. assistance to Mali"),
    ASSISTANCE,
    text(
        "First of all, the assistance was to support the country’s fragile peace and the accord of "
        "June 20, 2015. Key U.S. interests in Mali were:",
        INTERESTS,
        "From these the U.S. mission drew five goals:",
    ),
    numbered(*GOALS),
    text(
        "The whole of the U.S. government had a part in the assistance, among others:",
        AGENCIES,
        "Mali was a focus country for U.S. priorities and initiatives, among others:",
        INITIATIVES,
        "A formal agreement between the U.S. government, through USAID, and the Government of Mali "
        "was signed on October 9, 2015. It is to carry out USAID/Mali’s new 5-year Country "
        "Development Cooperation Strategy.",
    ),
    STRATEGY,
    text(
        "Its goal was worded: “Malians secure a democratic, resilient, and prosperous future.” "
        "Four objectives were to lead there:",
    ),
    numbered(*OBJECTIVES),
    text(
        "Behind the goal stood the view that such a future cannot be reached unless the country as "
        "a whole benefits from development assistance. U.S. programs were to bring a peace "
        "dividend that people can feel, and to work with all Malians.",
    ),
]

RELATIONS_SECTIONS = [
    heading("Bilateral economic relations"),
    text(
        "Under this heading the fact sheet spoke of two regional organizations to which Mali "
        "belonged on October 15, 2015."
    ),
    ECOWAS,
    CILSS,
    heading("Membership in international organizations"),
    text(
        "On October 15, 2015, Mali and the United States both belonged to a number of "
        "international organizations, including:",
        SHARED_MEMBERSHIPS,
    ),
    heading("Bilateral representation"),
    text(
        "On October 15, 2015, the U.S. Ambassador to Mali was Paul A. Folmsbee; for other "
        "principal officials the fact sheet referred to the Department’s Key Officers List.",
        "Mali maintained an embassy in the United States at "
        + ", ".join(EMBASSY_OF_MALI.split("\n")[1:])
        + ".",
    ),
]

QUESTIONS = faq(
    "Questions about this fact sheet",
    (
        "What is a fact sheet?",
        "A bureau’s statement of facts as they stood on the date it carries. Everything in it is "
        "as of that date.",
    ),
    (
        "What happens when a newer edition appears?",
        "The fact sheet’s address then shows the newer edition. This one stays at an address of "
        "its own, which carries its date.",
    ),
    (
        "Can I print it?",
        "Yes, with your browser’s print command: the page prints without menus.",
    ),
    (
        "Do I need an account to read this site?",
        "No. There are no accounts for visitors here. Everything on this site can be read without "
        "signing in.",
    ),
)

FURTHER_SOURCES = [
    ("Department of State Mali Page", "https://www.state.gov/"),
    ("Department of State Key Officers List", "https://www.state.gov/"),
    ("CIA World Factbook Mali Page", ""),
    ("U.S. Embassy: Mali", "https://ml.usembassy.gov/"),
    ("USAID Mali Page", ""),
    ("History of U.S. Relations With Mali", "https://history.state.gov/"),
    ("Human Rights Reports", ""),
    ("International Religious Freedom Reports", ""),
    ("Trafficking in Persons Reports", ""),
    ("Narcotics Control Reports", ""),
    ("Investment Climate Statements", ""),
    ("Office of the U.S. Trade Representative Countries Page", "https://ustr.gov/"),
    (
        "U.S. Census Bureau Foreign Trade Statistics International Offices Page",
        "https://www.census.gov/",
    ),
    ("Millennium Challenge Corporation", "https://www.mcc.gov/"),
    ("Library of Congress Country Studies", "https://www.loc.gov/"),
    ("Travel and Business Information", ""),
]


INDEX = "fact-sheets"
INDEX_WORDS = {"summary": "Dated statements of facts, each edition kept as it was."}


@part_of_demo(62, "fact sheet")
def fact_sheet() -> int:
    """Make the fact sheet with its one edition."""
    made = fill_once(INDEX, INDEX_WORDS.copy)
    made += page_once(INDEX, FactSheetPage, SLUG, TITLE, lambda: {"summary": SUMMARY})
    return made + page_once(f"{INDEX}/{SLUG}", FactSheetEdition, DATE.isoformat(), TITLE, edition)


def edition() -> dict:
    """Give what the edition holds."""
    return {
        "summary": SUMMARY,
        "bureau": f"Bureau of African Affairs, {STATE}",
        "date": DATE,
        "body": body(),
        "further_sources": [("link", link(words, address)) for words, address in FURTHER_SOURCES],
        "sources": listed(FACT_SHEET_PAGE),
    }


def body() -> list:
    """Give the edition's body; the phone of Mali's embassy is quoted as a contact point."""
    phone = contacts("", contact(MALI_IN_WASHINGTON))
    return [OWN_WORDS, *BACKGROUND, *ASSISTANCE_SECTION, *RELATIONS_SECTIONS, phone, QUESTIONS]
