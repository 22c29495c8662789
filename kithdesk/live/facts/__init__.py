"""The shapes of `event.data`, by kind and audience: what `docs/events.md` and the TypeScript types are generated from.

A slice's event builds its own data; a test gives every kind's data to these shapes, so that neither can change alone.
"""

from __future__ import annotations

from kithdesk.live.facts import agents, conversations, customers, places, promises, records, views, work
from kithdesk.live.facts.parts import Fact

AGENTS_SEE: dict[str, type[Fact]] = {
    "conversation.opened": conversations.ConversationOpened,
    "conversation.updated": conversations.ConversationUpdated,
    "conversation.assigned": conversations.ConversationAssigned,
    "conversation.identified": conversations.ConversationIdentified,
    "conversation.moved": conversations.ConversationMoved,
    "conversation.taken_up": conversations.ConversationTakenUp,
    "conversation.ended": conversations.ConversationEnded,
    "message.created": conversations.MessageSaid,
    "note.created": conversations.MessageSaid,
    "message.read": conversations.MessageRead,
    "customer.created": customers.CustomerCreated,
    "customer.updated": customers.CustomerUpdated,
    "customer.removed": customers.CustomerRemoved,
    "customer.merged": customers.CustomerMerged,
    "customer.unmerged": customers.CustomerUnmerged,
    "customer.parted": customers.CustomerParted,
    "customer.tracked": customers.CustomerTracked,
    "company.created": records.CompanyCreated,
    "company.updated": records.CompanyUpdated,
    "company.deleted": records.CompanyDeleted,
    "klass.declared": records.KlassDeclared,
    "klass.removed": records.KlassRemoved,
    "kobject.created": records.ObjectCreated,
    "kobject.updated": records.ObjectUpdated,
    "kobject.moved": records.ObjectMoved,
    "kobject.removed": records.ObjectNamed,
    "kobject.linked": records.ObjectNamed,
    "kobject.unlinked": records.ObjectNamed,
    "page.viewed": conversations.PageViewed,
    "agent.status_changed": agents.AgentStatusChanged,
    "team.created": places.TeamNamed,
    "team.renamed": places.TeamNamed,
    "team.deleted": places.TeamDeleted,
    "team.members_changed": places.TeamMembersChanged,
    "queue.created": places.QueueNamed,
    "queue.changed": places.QueueNamed,
    "queue.deleted": places.QueueDeleted,
    "routing.settings_changed": places.RoutingSettingsChanged,
    "attributes.declared": records.AttributesDeclared,
    "view.saved": views.ViewSaved,
    "view.removed": views.ViewRemoved,
    "sla.matched": promises.SlaMatched,
    "sla.unmatched": promises.SlaMatched,
    "sla.clocked": promises.SlaChanged,
    "sla.satisfied": promises.SlaSatisfied,
    "sla.warned": promises.SlaTold,
    "sla.breached": promises.SlaTold,
    "work.offered": work.WorkOffered,
    "work.offer_ended": work.WorkOfferEnded,
    "work.declined": work.WorkDeclined,
    "work.asked_again": work.WorkAskedAgain,
    "work.wrapped_up": work.WorkWrappedUp,
    "work.transferred": work.WorkTransferred,
}
"""By kind, what agents get as `event.data`. Kinds that are not here are not yet promised."""

VISITORS_SEE: dict[str, type[Fact]] = {
    "conversation.opened": conversations.ConversationOpenedForVisitor,
    "conversation.updated": conversations.ConversationUpdatedForVisitor,
    "conversation.assigned": conversations.ConversationAssignedForVisitor,
    "conversation.taken_up": conversations.ConversationTakenUpForVisitor,
    "conversation.ended": conversations.ConversationEnded,
    "message.created": conversations.MessageSaid,
    "message.read": conversations.MessageRead,
}
"""By kind, what the visitor concerned gets. Nothing else reaches a visitor."""
