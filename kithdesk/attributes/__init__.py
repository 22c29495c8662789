"""Declared attributes: which fields of its own an organisation keeps in its records, and what each may hold.

Every kind of record has a set of them: `customer`, `company`, `conversation`, `message`, `user`, and `kobject.<klass>`
for what the organisation defines itself. Slices that keep a `custom` ask here before they store (`check_custom`, or
`fitting` where one wrong value must not cost the others) and before they show (`masked`, `masking`), and say how
their records are found (`keeps`), so that others may name these. Nothing here knows a record.
"""

from kithdesk.attributes.checking import check_custom, defaults
from kithdesk.attributes.declarations import RECORDS, Attribute
from kithdesk.attributes.declaring import declare, forget
from kithdesk.attributes.fitting import Unfit, fitting
from kithdesk.attributes.masking import (
    MASK,
    Mask,
    masked,
    masking,
    masking_for_all,
    may_read_sensitive,
    sensitive_names,
    without_sensitive,
)
from kithdesk.attributes.queries import declared
from kithdesk.attributes.references import keeps
from kithdesk.attributes.rendering import metadata_resource, properties_of

__all__ = [
    "MASK",
    "RECORDS",
    "Attribute",
    "Mask",
    "Unfit",
    "check_custom",
    "declare",
    "declared",
    "defaults",
    "fitting",
    "forget",
    "keeps",
    "masked",
    "masking",
    "masking_for_all",
    "may_read_sensitive",
    "metadata_resource",
    "properties_of",
    "sensitive_names",
    "without_sensitive",
]
