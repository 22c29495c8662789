"""Why a signed token was refused, in words that whoever signs can act on. For the company only: visitors are not told.

The codes are a closed list and keep their meaning; the words may become better.
"""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "too_long",
    "not_a_token",
    "header_not_allowed",
    "algorithm",
    "signature",
    "secret_ended",
    "claims_unreadable",
    "iat_missing",
    "not_a_time",
    "iat_in_future",
    "iat_too_old",
    "expired",
    "not_yet",
    "names_nobody",
    "bad_email",
    "bad_external_id",
]

EXPLANATIONS: dict[Reason, str] = {
    "too_long": "The token is longer than 8 KiB. Sign only who the customer is and a few short attributes.",
    "not_a_token": "This is not a JWT: three parts in base64url with dots between them, the first of which is a JSON"
    ' object. Nothing may stand around it, also no "Bearer" and no quotes.',
    "header_not_allowed": 'The header may hold `alg` ("HS256") and `typ` ("JWT") and nothing else.',
    "algorithm": 'The algorithm must be HS256. Say so to your library; the header is then {"alg":"HS256","typ":"JWT"}.',
    "signature": "None of your organisation's identity secrets made this signature. Compare the secret on your server"
    " with the one in the settings, character by character; sign with its text as it is.",
    "secret_ended": "The signature is right, but the secret that made it has ended. Put the newest on your server.",
    "claims_unreadable": "The middle part is no JSON object, or one in which a key appears twice.",
    "iat_missing": "`iat` is missing: the second at which the token was signed, as a number.",
    "not_a_time": "`iat`, `exp` and `nbf` are numbers of seconds since 1970, without quotes.",
    "iat_in_future": "`iat` is more than 60 seconds ahead of our clock. Set your server's clock by the network.",
    "iat_too_old": "The token was signed more than 15 minutes ago. Sign one when the page asks for it, not when the"
    " session begins, and keep it out of caches.",
    "expired": "`exp` has passed. Sign a token when the page asks for it, with an `exp` 15 minutes after `iat`, or"
    " without: it ends by itself then.",
    "not_yet": "`nbf` says that the token begins later. Leave it out, or make it the same as `iat`.",
    "names_nobody": "It names nobody: there must be an `externalId` or an `email` in it, spelt like this.",
    "bad_email": "`email` is no e-mail address.",
    "bad_external_id": "`externalId` must be text or a whole number, not empty, and at most 255 characters.",
}
