from __future__ import annotations

from typing import Any

from kithdesk import conversations, customers
from kithdesk.conversations import Address, ConversationId, Mailed, Words
from kithdesk.core.work import Reads
from kithdesk.criteria import facts_of, read_criteria
from tests.make import Make


def matches(reads: Reads, conversation: str, **criteria: Any) -> bool:
    document = {"and": [{name: criterion} for name, criterion in criteria.items()]}
    return read_criteria(document).matches(facts_of(reads, conversation))


def test_a_conversation_its_customer_and_what_they_wrote_last(make: Make) -> None:
    conversation = make.conversation("I want a REFUND")

    with make.work(make.system) as work:
        assert matches(work, conversation.id, message_body={"contains": "refund"})
        assert matches(work, conversation.id, conversation_status={"equals": "open"})
        assert matches(work, conversation.id, conversation_created_at={"equals": int(work.now)})
        assert matches(work, conversation.id, customer_identified={"equals": False})
        assert matches(work, conversation.id, company_name={"not_set": ""})
        assert matches(work, conversation.id, page_url={"not_set": ""})


def test_the_latest_message_counts_also_after_an_answer(make: Make) -> None:
    conversation = make.conversation("First")
    make.message(conversation, "Second")
    with make.work(make.agent()) as work:
        conversations.reply(work, ConversationId(conversation.id), client_id=None, body="Third")

        assert matches(work, conversation.id, message_body={"equals": "second"})


def test_what_an_email_is_about_and_whom_it_went_between(make: Make) -> None:
    chat = make.conversation("In chat")
    mailed = Mailed(
        subject="Flying",
        sender=Address("ana@example.com"),
        to=(Address("a@shop.test"), Address("b@shop.test")),
    )
    with make.work(make.admin()) as work:
        words = Words(body="May I?", direction="in", channel="email", mailed=mailed)
        conversations.record_message(work, words, conversation=chat.id)

        assert matches(work, chat.id, conversation_channels={"equals": "email"})
        assert matches(work, chat.id, conversation_channels={"equals": "chat"})
        assert matches(work, chat.id, conversation_channel={"not_equals": "email"})
        assert matches(work, chat.id, message_subject={"contains": "fly"})
        assert matches(work, chat.id, message_any_text={"contains": "flying"})
        assert matches(work, chat.id, message_sender={"equals": "ana@example.com"})
        assert matches(work, chat.id, message_recipients={"in": ["b@shop.test"]})
        assert not matches(work, chat.id, message_body={"contains": "flying"})


def test_companies_objects_and_declared_attributes(make: Make) -> None:
    make.attributes("customer", planStr="Str")
    make.attributes("conversation", topicStr="Str")
    with make.work(make.admin()) as work:
        company = customers.create_company(
            work, customers.CompanyProfile(name="Globex", domains=("globex.test",))
        )
        wish = customers.KlassWish(properties={"totalNum": {"type": "Num"}})
        customers.declare_klass(work, "order", wish)
    conversation = make.conversation()
    with make.work(make.admin()) as work:
        customers.update_customer(
            work, conversation.customer, {"company": company, "custom": {"planStr": "Gold"}}
        )
        conversations.change(work, ConversationId(conversation.id), {"custom": {"topicStr": "returns"}})

        assert matches(work, conversation.id, company_name={"equals": "globex"})
        assert matches(work, conversation.id, company_domains={"in": ["globex.test"]})
        assert matches(work, conversation.id, customer_custom_planStr={"equals": "gold"})
        assert matches(work, conversation.id, conversation_custom_topicStr={"equals": "returns"})
        assert not matches(work, conversation.id, kobject_custom_order_totalNum={"gt": 5})
        customers.upsert_object(
            work, "order", external_id="1", customer=conversation.customer, custom={"totalNum": 6}
        )
        assert matches(
            work, conversation.id, kobject_custom_order_totalNum={"gt": 5}, kobject_klass={"equals": "order"}
        )


def test_a_visitor_whose_message_causes_the_judging_changes_nothing_of_it(make: Make) -> None:
    conversation = make.conversation("Hello")
    stranger = make.visitor()

    with make.work(stranger) as work:
        assert matches(work, conversation.id, conversation_status={"equals": "open"})
        assert matches(work, conversation.id, message_body={"equals": "hello"})
        assert matches(work, conversation.id, customer_created_at={"set": ""})
