"""What a column can be, and what its name sounds like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kithdesk.attributes import Attribute
from kithdesk.core.folding import compatible

Kind = Literal["text", "time", "many", "part"]
"""`many`: several columns, and several in one cell. `part`: of a name or a place."""

TARGETS: dict[str, Kind] = {
    "name": "text",
    "firstName": "part",
    "lastName": "part",
    "username": "text",
    "externalId": "many",
    "emails": "many",
    "phones": "many",
    "whatsapps": "many",
    "sharedEmails": "many",
    "sharedPhones": "many",
    "company": "text",
    "tags": "many",
    "urls": "many",
    "locale": "text",
    "defaultLang": "text",
    "timeZone": "text",
    "gender": "text",
    "birthdayAt": "time",
    "signedUpAt": "time",
    "createdAt": "time",
    "avatarUrl": "text",
    "location.address": "part",
    "location.cityName": "part",
    "location.regionName": "part",
    "location.zipCode": "part",
    "location.countryName": "part",
}
CUSTOM = "custom."

# The number of a membership is no id by which another system knows a customer.
_SOUNDS: dict[str, str] = {
    "name": "name fullname displayname customer customername contact contactname",
    "firstName": "firstname forename givenname vorname",
    "lastName": "lastname surname familyname nachname",
    "username": "username login loginname handle nickname",
    "externalId": "externalid id customerid userid contactid clientid externalids uid customerno customernr"
    " customernumber clientno clientnumber userno usernumber accountno accountnumber accountid kundennummer kundennr",
    "emails": "email emails emailaddress emailaddresses mail mailaddress primaryemail workemail homeemail",
    "phones": "phone phones phonenumber phoneno telephone telephonenumber telephoneno mobile mobilephone mobilenumber"
    " mobileno cell cellphone tel telefon telefonnummer handy",
    "whatsapps": "whatsapp whatsapps whatsappnumber",
    "sharedEmails": "sharedemail sharedemails",
    "sharedPhones": "sharedphone sharedphones sharedtelephone",
    "company": "company companyname organization organisation account employer worksat firm firma",
    "tags": "tags tag labels",
    "urls": "url urls website web webpage homepage",
    "locale": "locale",
    "defaultLang": "language lang defaultlang",
    "timeZone": "timezone",
    "gender": "gender",
    "birthdayAt": "birthday birthdate dateofbirth birthdayat dob born",
    "signedUpAt": "signedupat signedup signedupon signupdate signup signupat registered registeredat registeredon"
    " registrationdate",
    "createdAt": "createdat created createdon createddate datecreated creationdate customersince since membersince"
    " clientsince dateadded addedat addedon",
    "avatarUrl": "avatar avatarurl photo picture pictureurl picturesaddress",
    "location.address": "address street addressline address1 streetaddress streetandnumber strasse",
    "location.cityName": "city town cityname ort stadt",
    "location.regionName": "region state province county regionname",
    "location.zipCode": "zip zipcode postcode postalcode plz",
    "location.countryName": "country countryname land",
}
_BY_SOUND = {sound: target for target, sounds in _SOUNDS.items() for sound in sounds.split()}


def suggested(header: list[str], declared: Mapping[str, Attribute]) -> list[str | None]:
    """For each column what it sounds like: a declared attribute by either of its names, or one that all have."""
    own = {_sound(one.display_name): name for name, one in declared.items() if one.display_name}
    own |= {_sound(name): name for name in declared}
    taken: set[str] = set()
    found: list[str | None] = []
    for name in header:
        sound = _sound(name.removeprefix(CUSTOM))
        target = f"{CUSTOM}{own[sound]}" if sound in own else _BY_SOUND.get(sound.rstrip("123456789"))
        # A second number of theirs would stay with them for good: that is for the administrator to want.
        if target in taken and (target == "externalId" or not holds_many(target, declared)):
            target = None
        if target is not None:
            taken.add(target)
        found.append(target)
    return found


def holds_many(target: str | None, declared: Mapping[str, Attribute]) -> bool:
    """Whether several columns may be it."""
    if target is None:
        return True
    if target.startswith(CUSTOM):
        name = target.removeprefix(CUSTOM)
        return name in declared and declared[name].array
    return TARGETS.get(target) == "many"


def _sound(name: str) -> str:
    """Letters and digits, and nothing that is written differently everywhere."""
    plain = compatible(name).casefold()
    return "".join(sign for sign in plain if sign.isalnum())
