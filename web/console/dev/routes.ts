import { type Json, newId, type World } from "./world.ts";

/** The console's part of the HTTP API over a world in memory. Answers as the contract says; checks little. */
export interface Answer {
  status: number;
  body: Json | null;
}

type Handle = (world: World, match: string[], query: URLSearchParams, body: Json) => Answer;

const ok = (data: unknown, meta?: Json): Answer => ({
  status: 200,
  body: { data, ...(meta === undefined ? {} : { meta }) },
});
const created = (data: unknown, meta?: Json): Answer => ({ ...ok(data, meta), status: 201 });
const notFound: Answer = {
  status: 404,
  body: { errors: [{ status: 404, code: "notfound", title: "Not found" }] },
};
const resource = (type: string, id: unknown, attributes: Json, relationships: Json = {}) => ({
  type,
  id,
  attributes,
  relationships,
});

const ROUTES: [method: string, path: RegExp, handle: Handle][] = [
  ["GET", /^\/v1\/users\/current$/u, (world) => ok(user(world, world.me))],
  [
    "GET",
    /^\/v1\/orgs\/current$/u,
    (world) => ok(resource("org", world.organisation.id, world.organisation)),
  ],
  [
    "POST",
    /^\/v1\/auth\/(?:tokens|links|setup)$/u,
    (world) => created(resource("token", newId(), { user: user(world, world.me) })),
  ],
  ["DELETE", /^\/v1\/auth\/tokens\/current$/u, () => ({ status: 204, body: null })],
  ["GET", /^\/v1\/routing\/queues$/u, (world) => named(world.queues, "queue")],
  ["GET", /^\/v1\/teams$/u, (world) => named(world.teams, "team")],
  ["GET", /^\/v1\/tags$/u, (world) => named(world.tags, "tag")],
  [
    "POST",
    /^\/v1\/tags$/u,
    (world, _match, _query, body) => {
      const tag = { id: newId(), name: body.name };
      world.tags.set(tag.id, tag);
      return created(resource("tag", tag.id, tag));
    },
  ],
  [
    "GET",
    /^\/v1\/routing\/settings$/u,
    (world) => ok(resource("routing_settings", "default", { capacityPerAgent: world.capacity })),
  ],
  [
    "PUT",
    /^\/v1\/routing\/settings$/u,
    (world, _match, _query, body) => {
      world.capacity = Number(body.capacityPerAgent);
      return ok(resource("routing_settings", "default", { capacityPerAgent: world.capacity }));
    },
  ],
  [
    "GET",
    /^\/v1\/routing\/statuses$/u,
    (world) =>
      page(
        [...world.agents.values()].map((agent) =>
          resource("user_status", agent.id, {
            ...agent,
            capacity: world.capacity,
            online: agent.status !== "offline",
          }),
        ),
      ),
  ],
  [
    "PUT",
    /^\/v1\/routing\/users\/([^/]+)\/status$/u,
    (world, [id = ""], _query, body) => {
      world.setStatus(id, String(body.status), (body.reason as string | undefined) ?? null);
      return ok(resource("user_status", id, {}));
    },
  ],
  ["GET", /^\/v1\/conversations$/u, listConversations],
  ["GET", /^\/v1\/conversations\/counts$/u, counts],
  ["GET", /^\/v1\/conversations\/([\w,]+)$/u, getConversations],
  ["PUT", /^\/v1\/conversations\/(\w+)$/u, putConversation],
  [
    "GET",
    /^\/v1\/conversations\/(\w+)\/drafts\/current$/u,
    (world, [id = ""]) => {
      const draft = world.drafts.get(id);
      return draft === undefined ? notFound : ok(resource("draft", draft.id, draft));
    },
  ],
  [
    "PUT",
    /^\/v1\/conversations\/(\w+)\/drafts\/current$/u,
    (world, [id = ""], _query, body) => {
      const draft = { id, ...body, revision: Number(world.drafts.get(id)?.revision ?? 0) + 1 };
      world.drafts.set(id, draft);
      return ok(resource("draft", id, draft));
    },
  ],
  [
    "DELETE",
    /^\/v1\/conversations\/(\w+)\/drafts\/current$/u,
    (world, [id = ""]) => {
      world.drafts.delete(id);
      return { status: 204, body: null };
    },
  ],
  [
    "GET",
    /^\/v1\/customers\/(\w+)$/u,
    (world, [id = ""]) => {
      const customer = world.customers.get(id);
      return customer === undefined ? notFound : ok(resource("customer", id, customer));
    },
  ],
  [
    "GET",
    /^\/v1\/customers\/(\w+)\/conversations$/u,
    (world, [id = ""]) =>
      page([...world.conversations.values()].filter((one) => one.customer === id).map(conversation)),
  ],
  ["GET", /^\/v1\/customers\/(\w+)\/timeline$/u, timeline],
  [
    "POST",
    /^\/v1\/attachments$/u,
    (world, _match, _query, body) => {
      const attachment: Json = { ...body, id: newId(), width: null, height: null, hasThumbnail: false };
      world.attachments.set(attachment.id as string, attachment);
      return created(resource("attachment", attachment.id, attachment), {
        upload: { url: `/c/v1/uploads/${attachment.id}`, fields: { key: attachment.id } },
      });
    },
  ],
  [
    "POST",
    /^\/c\/v1\/uploads\/(\w+)$/u,
    (world, [id = ""]) => created(resource("attachment", id, world.attachments.get(id) ?? {})),
  ],
  [
    "GET",
    /^\/v1\/attachments\/(\w+)$/u,
    (world, [id = ""]) => {
      const attachment = world.attachments.get(id);
      if (attachment === undefined) return notFound;
      return ok(
        { ...resource("attachment", id, attachment), links: { related: `/files/${id}` } },
        { thumbnail: attachment.hasThumbnail === true ? `/files/${id}/thumbnail` : null },
      );
    },
  ],
];

export function answer(world: World, method: string, url: URL, body: Json): Answer {
  for (const [verb, path, handle] of ROUTES) {
    const match = verb === method ? path.exec(url.pathname) : null;
    if (match !== null) return handle(world, match.slice(1), url.searchParams, body);
  }
  return notFound;
}

function listConversations(world: World, _match: string[], query: URLSearchParams): Answer {
  const assigned = query.get("assignedUser");
  const rows = [...world.conversations.values()]
    .filter((one) => query.get("status") === null || one.status === query.get("status"))
    .filter(
      (one) =>
        assigned === null ||
        (assigned === "none"
          ? (one.assignedUsers as string[]).length === 0
          : (one.assignedUsers as string[]).includes(assigned)),
    )
    .sort((one, other) => (String(one.lastMessageAt) < String(other.lastMessageAt) ? 1 : -1));
  const size = Number(query.get("pageSize") ?? 50);
  const number = Number(query.get("page") ?? 1);
  return page(rows.slice((number - 1) * size, number * size).map(conversation), {
    page: number,
    pageSize: size,
    total: rows.length,
    totalPages: Math.max(1, Math.ceil(rows.length / size)),
  });
}

function counts(world: World): Answer {
  const all = [...world.conversations.values()];
  const open = all.filter(({ status }) => status === "open");
  return ok(
    resource("conversation_counts", world.me, {
      mine: open.filter((one) => (one.assignedUsers as string[]).includes(world.me)).length,
      unassigned: open.filter((one) => (one.assignedUsers as string[]).length === 0).length,
      all: open.length,
      done: all.filter(({ status }) => status === "done").length,
      snoozed: all.filter(({ status }) => status === "snoozed").length,
    }),
  );
}

function getConversations(world: World, [ids = ""]: string[]): Answer {
  const found = ids.split(",").flatMap((id): Json[] => [world.conversations.get(id) ?? []].flat());
  if (found.length === 0) return notFound;
  return ids.includes(",") ? page(found.map(conversation)) : ok(conversation(found[0] as Json));
}

function putConversation(world: World, [id = ""]: string[], _query: URLSearchParams, body: Json): Answer {
  if (!world.conversations.has(id)) return notFound;
  const { assignedUsers, queue, ...fields } = body;
  if (fields.status !== undefined && fields.status !== "snoozed") fields.snooze = null;
  if (Object.keys(fields).length > 0) world.change(id, fields, { by: world.me });
  if (queue !== undefined) world.assign(id, [], null, { by: world.me, queue: String(queue) });
  else if (assignedUsers !== undefined) world.assign(id, assignedUsers as string[], null, { by: world.me });
  return ok(conversation(world.conversations.get(id) as Json));
}

function timeline(world: World, [customer = ""]: string[], query: URLSearchParams): Answer {
  const before = Number(query.get("before") ?? Number.POSITIVE_INFINITY);
  const size = Number(query.get("pageSize") ?? 50);
  const wanted = query.get("conversation");
  const all = world.journal.filter(
    (event) =>
      event.customer === customer &&
      event.position < before &&
      (wanted === null || event.conversation === wanted),
  );
  const entries = all
    .slice(-size)
    .map(({ id, kind, at, position, conversation: of, actor, data }) =>
      resource("timeline_entry", id, { kind, at, position, conversation: of, actor, data }),
    );
  return ok(entries, { pageSize: size, more: all.length > entries.length });
}

function conversation(record: Json) {
  const { customer, queue, lastMessageUnrespondedTo, ...attributes } = record;
  return resource(
    "conversation",
    record.id,
    {
      ...attributes,
      channels: ["chat"],
      lastMessageUnrespondedTo:
        lastMessageUnrespondedTo === null ? null : { sentAt: lastMessageUnrespondedTo },
    },
    {
      customer: { data: { type: "customer", id: customer } },
      queue: { data: queue === null ? null : { type: "queue", id: queue } },
    },
  );
}

function user(world: World, id: string) {
  const agent = world.agents.get(id) ?? {};
  return resource("user", id, {
    displayName: agent.displayName,
    name: agent.displayName,
    email: agent.email,
    roles: agent.roles ?? [],
  });
}

function named(names: Map<string, Json>, type: string): Answer {
  return page([...names.values()].map((one) => resource(type, one.id, one)));
}

function page(
  data: unknown[],
  meta: Json = { page: 1, pageSize: 100, total: data.length, totalPages: 1 },
): Answer {
  return ok(data, meta);
}
