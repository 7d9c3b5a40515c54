from accounts.models.agency import Agency
from accounts.models.agency_sign_in import AgencySignIn
from accounts.models.former_address import FormerAddress
from accounts.models.office import Office
from accounts.models.office_invitation import OfficeInvitation
from accounts.models.proof import address_is_unproved, has_unproved_address
from accounts.models.user import User, system_user

__all__ = [
    "Agency",
    "AgencySignIn",
    "FormerAddress",
    "Office",
    "OfficeInvitation",
    "User",
    "address_is_unproved",
    "has_unproved_address",
    "system_user",
]
