"""What a token says beside its customer's name goes on record as far as there is room, and refuses no login."""

from __future__ import annotations

from kithdesk import attributes, customers
from kithdesk.attributes.checking import MAX_BYTES
from kithdesk.core.work import Work
from kithdesk.customers import ExternalId, Profile
from tests.channels.chat.sites import Site


async def test_a_login_onto_a_record_that_is_nearly_full(site: Site) -> None:
    names = [f"a{number}Txt" for number in range(8)]

    def fill(work: Work) -> None:
        attributes.declare(
            work, "customer", {name: {"type": "Txt"} for name in [*names, "oneTxt", "twoTxt"]}, replace=False
        )
        full = dict.fromkeys(names, "x" * (MAX_BYTES // 8 - 300))
        customers.create_customer(
            work, Profile(external_ids=(ExternalId("42"),), custom=full), source="import"
        )

    await site.desk.run(fill, by=site.admin)
    signed = site.signed(externalId="42", oneTxt="y" * 1_500, twoTxt="y" * 1_500)

    answer = await (await site.visitor()).post("/c/v1/identity", json={"externalToken": signed})

    assert answer.status_code == 200, answer.text
