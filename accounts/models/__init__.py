"""What sign-in and the care of accounts remember."""

from .failures import KEPT, SignInFailure, SignInFailureQuerySet
from .invitation import Invitation
from .role_request import RoleRequest

__all__ = ["KEPT", "Invitation", "RoleRequest", "SignInFailure", "SignInFailureQuerySet"]
