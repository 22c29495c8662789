import { newId, World } from "./world.ts";

/** A shop on an ordinary afternoon, with the names and texts that break layouts. */
export function busyShop(now = Date.now()): World {
  const world = new World();
  const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  const general = newId();
  const returns = newId();
  world.queues.set(general, { id: general, name: "General" });
  world.queues.set(returns, { id: returns, name: "Returns and warranty" });
  const [vip, bug, sizing] = [newId(), newId(), newId()];
  world.tags.set(vip, { id: vip, name: "VIP" });
  world.tags.set(bug, { id: bug, name: "Damaged in transit" });
  world.tags.set(sizing, { id: sizing, name: "Sizing" });

  const me = world.agent("Ana Lima", "available", { load: 3, roles: ["admin"] });
  world.me = me;
  const ben = world.agent("Benedikt Oberhuber-Schwarzenbacher", "busy", { load: 4 });
  const mei = world.agent("Ελένη Παπαδοπούλου", "available", { load: 1 });
  world.agent("Tom Achterberg", "unavailable", { reason: "Lunch", load: 0 });
  world.agent("Noor El-Sayed", "offline", { load: 0 });

  const maya = world.customer("Maya Lindqvist", {
    identified: true,
    externalId: "cus_10482",
    emails: [{ email: "maya.lindqvist@posteo.example", verified: true }],
    phones: [{ phone: "+46 70 123 45 67", verified: false }],
    custom: { loyaltyTier: "Gold", ordersThisYear: 6 },
    claims: { orderNumber: "FW-88213" },
  });
  const old = world.open(maya, ago(60 * 24 * 40), { status: "done" });
  const close = (id: string) =>
    Object.assign(world.conversations.get(id) ?? {}, { status: "done", lastMessageUnrespondedTo: null });
  world.say(old, "Do you ship to Norway?", { at: ago(60 * 24 * 40) });
  world.say(old, "We do, within five days.", { by: ben, at: ago(60 * 24 * 40 - 3) });
  world.change(old, { status: "done" }, { at: ago(60 * 24 * 40 - 5), by: ben });
  const older = world.open(maya, ago(60 * 24 * 170), {
    status: "done",
    name: "Stove order, wrong gas thread",
  });
  world.say(older, "The thread on the stove does not fit my cartridge", { at: ago(60 * 24 * 170) });

  close(old);
  close(older);
  const tent = world.open(maya, ago(60 * 25), {
    tags: [vip, bug],
    context: {
      device: "Phone",
      browser: "Firefox 148",
      os: "Android 16",
      language: "sv-SE",
      referrer: "https://duckduckgo.com/",
      timeZone: "Europe/Stockholm",
      pages: [],
      currentPage: null,
    },
  });
  world.visit(tent, "/tents", "Tents · Fernweh Outdoor", ago(60 * 25 - 1));
  world.visit(tent, "/tents/lofoten-2", "Lofoten 2 superlight tent · Fernweh Outdoor", ago(60 * 25 - 2));
  world.say(tent, "Hi! My tent arrived today and one of the poles is cracked 😕", { at: ago(60 * 25 - 3) });
  world.assign(tent, [me], "you had the most free room in General", { at: ago(60 * 25 - 3) });
  world.say(
    tent,
    "It's the long one, near the second joint. I leave for Sarek on Saturday, so I'd really need a new one before that.",
    { at: ago(60 * 25 - 4) },
  );
  world.say(tent, "Hello Maya, I'm sorry about that. Could you send me a photo of the crack?", {
    by: me,
    at: ago(60 * 25 - 9),
  });
  world.say(tent, "", { at: ago(60 * 25 - 14), attachments: [photo(world)] });
  world.say(tent, "This is how it looks. There's also the packing list, in case you need it.", {
    at: ago(60 * 25 - 15),
    attachments: [pdf(world)],
  });
  world.say(
    tent,
    "Second cracked pole from the October batch this week. Warehouse has spares in Malmö, ask Benedikt for express.",
    { by: mei, at: ago(60 * 25 - 20), kind: "note" },
  );
  world.say(
    tent,
    "Thank you, that helps. I've reserved a new pole set for you; it ships from Malmö tomorrow morning and should be with you on Thursday.\n\nTracking will be here: https://track.fernweh.test/FW-88213",
    { by: me, at: ago(60 * 25 - 26) },
  );
  world.record(
    "message.read",
    { conversation: tent, message: lastMessage(world), by: world.customerActor(maya), at: ago(60 * 24) },
    { at: ago(60 * 24), actor: world.customerActor(maya), customer: maya, conversation: tent },
  );
  world.change(tent, { status: "snoozed", snooze: { time: ago(20) } }, { at: ago(60 * 23), by: me });
  world.change(tent, { status: "open", snooze: null }, { at: ago(20) });
  for (const [path, title, minutes] of [
    ["/account/orders", "Your orders · Fernweh Outdoor", 16],
    ["/account/orders/FW-88213", "Order FW-88213 · Fernweh Outdoor", 15],
    [
      "/guides/pitching-in-wind",
      "Pitching in wind: twelve things we learned above the tree line · Fernweh Outdoor",
      12,
    ],
    ["/tents/lofoten-2", "Lofoten 2 superlight tent · Fernweh Outdoor", 3],
  ] as const) {
    world.visit(tent, path, title, ago(minutes));
  }
  world.say(tent, 'The tracking page says "label created" since yesterday. Is it really on its way?', {
    at: ago(4),
  });
  world.say(tent, "Sorry to push 🙏", { at: ago(3) });

  const others: [
    name: string,
    minutes: number,
    assigned: string | null,
    text: string,
    extra?: Record<string, unknown>,
  ][] = [
    ["محمد العبدالله", 6, me, "مرحبا، هل يتوفر هذا الحذاء بمقاس ٤٤؟ أحتاجه قبل نهاية الأسبوع."],
    ["Visitor 3F9A", 2, null, "is the 40l pack carry-on size?"],
    [
      "Wolfgang Hinterstoisser-Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
      11,
      null,
      "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    ],
    ["Zoë 🏔️", 19, ben, "👍"],
    ["José Ñandú", 34, mei, "¿Puedo cambiar la talla después de enviar el pedido?"],
    ["Priya Raghunathan", 52, me, "Thanks, that worked!"],
    ["Visitor 81C0", 70, null, "<img src=x onerror=alert(1)> do you sell gift cards?"],
    ["Lee", 140, ben, "ok"],
  ];
  for (const [name, minutes, assigned, text, extra] of others) {
    const customer = world.customer(name, {
      claims: name.startsWith("Visitor") ? { email: "someone@example.org" } : {},
    });
    const conversation = world.open(customer, ago(minutes + 5), extra ?? {});
    world.say(conversation, text, { at: ago(minutes) });
    if (assigned !== null) world.assign(conversation, [assigned], null, { at: ago(minutes) });
    if (name.startsWith("Priya") || name === "Lee")
      world.say(conversation, "Glad to hear it. Enjoy the hike!", {
        by: assigned ?? me,
        at: ago(minutes - 1),
      });
  }
  for (let index = 0; index < 180; index += 1) {
    const customer = world.customer(
      `${NAMES[index % NAMES.length]} ${SURNAMES[(index * 7) % SURNAMES.length]}`,
    );
    const conversation = world.open(customer, ago(60 * 24 * (2 + index)), { status: "done" });
    world.say(conversation, LINES[index % LINES.length] ?? "", { at: ago(60 * 24 * (2 + index) - 4) });
    (world.conversations.get(conversation) as { status: string }).status = "done";
  }
  const [snoozed] = [world.open(world.customer("Kees van der Meulen"), ago(400))];
  world.say(snoozed as string, "I'll send the measurements tomorrow", { at: ago(390) });
  world.change(
    snoozed as string,
    { status: "snoozed", snooze: { time: new Date(now + 19 * 3_600_000).toISOString() } },
    { at: ago(300), by: me },
  );
  return world;
}

/** One agent, nothing else: the first minute of a new organisation. */
export function freshShop(): World {
  const world = new World();
  const general = newId();
  world.queues.set(general, { id: general, name: "General" });
  world.me = world.agent("Ana Lima", "unavailable", { load: 0, roles: ["admin"] });
  return world;
}

/** A conversation long enough to page, as the newest of the shop. */
export function addLongConversation(world: World, messages: number, now = Date.now()): string {
  const customer = world.customer("Ingrid Halvorsen", { identified: true });
  const conversation = world.open(customer, new Date(now - messages * 240_000).toISOString());
  world.assign(conversation, [world.me], null);
  for (let index = 0; index < messages; index += 1) {
    const at = new Date(now - (messages - index) * 240_000).toISOString();
    const text = `${index + 1}. ${LINES[index % LINES.length]}`;
    if (index % 3 === 2) world.say(conversation, text, { by: world.me, at });
    else world.say(conversation, text, { at });
  }
  return conversation;
}

function lastMessage(world: World): string {
  const event = world.journal.findLast(({ kind }) => kind === "message.created");
  return (event?.data.message as { id: string } | undefined)?.id ?? "";
}

function photo(world: World) {
  const attachment = {
    id: newId(),
    name: "IMG_20261124_101503.jpg",
    contentType: "image/jpeg",
    contentLength: 842_113,
    width: 1600,
    height: 1200,
    hasThumbnail: true,
  };
  world.attachments.set(attachment.id, attachment);
  return attachment;
}

function pdf(world: World) {
  const attachment = {
    id: newId(),
    name: "packing-list-FW-88213-with-a-very-long-file-name-that-goes-on.pdf",
    contentType: "application/pdf",
    contentLength: 84_213,
    width: null,
    height: null,
    hasThumbnail: false,
  };
  world.attachments.set(attachment.id, attachment);
  return attachment;
}

const NAMES = ["Olga", "Samir", "Freya", "Jonas", "Chiara", "Dae-jung", "Amara", "Lucas", "Sinéad"];
const SURNAMES = [
  "Petrova",
  "Haddad",
  "Nilsen",
  "Weber",
  "Romano",
  "Park",
  "Okafor",
  "Silva",
  "O’Brien",
  "Kaya",
];
const LINES = [
  "Where is my parcel? The tracking has not moved since Monday.",
  "Thanks!",
  "Could you tell me whether the 60 litre pack fits a person of 1.92 m?",
  "I'd like to return the jacket, the zip got stuck on the first day.",
  "Perfect, see you on the trail.",
  "Do you have these in green?",
  "The discount code SUMMER does not work for me.",
];
