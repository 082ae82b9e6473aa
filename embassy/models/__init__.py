"""The shared nouns: people, files, the mission and its contacts, the home and plain pages."""

from .contacts import ContactPoint
from .demo import DemoRecord
from .files import MissionDocument, MissionImage, MissionRendition
from .mission import FactsVersion, MissionSettings
from .mission_parts import MissionRole, ServiceHours, SocialPage
from .pages import ContentPage, HomePage
from .places import Place
from .schedules import Closure, Schedule, SchedulePeriod
from .users import User

__all__ = [
    "Closure",
    "ContactPoint",
    "ContentPage",
    "DemoRecord",
    "FactsVersion",
    "HomePage",
    "MissionDocument",
    "MissionImage",
    "MissionRendition",
    "MissionRole",
    "MissionSettings",
    "Place",
    "Schedule",
    "SchedulePeriod",
    "ServiceHours",
    "SocialPage",
    "User",
]
