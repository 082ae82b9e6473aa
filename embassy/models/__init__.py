"""The shared nouns: people, files, the mission and its contacts, the home and plain pages."""

from .audit import AuditEntry, AuditSeal
from .contacts import ContactPoint
from .demo import DemoRecord
from .files import MissionDocument, MissionImage, MissionRendition
from .letter import Letter
from .links import LinkProblem
from .mission import FactsVersion, MissionSettings
from .mission_parts import MissionRole, ServiceHours, SocialPage
from .pages import ContentPage, HomePage
from .places import Place
from .remarks import Remark
from .requested_act import RequestedAct
from .schedules import Closure, Schedule, SchedulePeriod
from .search import PromotedResult, SearchWord
from .sendings import Sending, SendingSalt
from .translation import TextTypist, TranslationStanding
from .users import User
from .workflow import BrokenGlass, PageWriter, SecondPersonTask

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "BrokenGlass",
    "Closure",
    "ContactPoint",
    "ContentPage",
    "DemoRecord",
    "FactsVersion",
    "HomePage",
    "Letter",
    "LinkProblem",
    "MissionDocument",
    "MissionImage",
    "MissionRendition",
    "MissionRole",
    "MissionSettings",
    "PageWriter",
    "Place",
    "PromotedResult",
    "Remark",
    "RequestedAct",
    "Schedule",
    "SchedulePeriod",
    "SearchWord",
    "SecondPersonTask",
    "Sending",
    "SendingSalt",
    "ServiceHours",
    "SocialPage",
    "TextTypist",
    "TranslationStanding",
    "User",
]
