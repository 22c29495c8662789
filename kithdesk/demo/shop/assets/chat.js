/** How this shop uses the chat: as any page does, through the object that `widget.js` leaves on the window. */

/**
 * @typedef {object} Kithdesk
 * @property {() => void} open
 * @property {(begun: {draft: string}) => void} createConversation
 * @property {(who: {jwtToken: string}, done: (result: unknown, problem: unknown) => void) => void} login
 * @property {(done: () => void) => void} logout
 */

const PATIENCE_MS = 4000;
const TOLD = "birch-chat-knows";

/** @returns {Promise<Kithdesk | null>} null when the chat does not come, for the shop works without it. */
function chat() {
  const page = /** @type {{Kithdesk?: Kithdesk}} */ (/** @type {unknown} */ (window));
  if (page.Kithdesk) return Promise.resolve(page.Kithdesk);
  return new Promise((resolve) => {
    addEventListener("kithdeskLoaded", () => resolve(page.Kithdesk ?? null), { once: true });
    setTimeout(() => resolve(page.Kithdesk ?? null), PATIENCE_MS);
  });
}

/** With words to go on from, it opens on a new conversation.
 * @param {string} draft
 */
export async function openChat(draft) {
  const kithdesk = await chat();
  if (draft) kithdesk?.createConversation({ draft });
  else kithdesk?.open();
}

/** Asks the shop's server to vouch for the shopper, and passes its word on to the chat.
 * @param {string} shopper
 */
export async function introduce(shopper) {
  const response = await fetch("/shop/api/identity", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ shopper }),
  });
  if (!response.ok) throw new Error(`The shop did not sign in: ${response.status}`);
  const { jwtToken } = await response.json();
  const kithdesk = await chat();
  if (!kithdesk) return;
  await inTime((done) =>
    kithdesk.login({ jwtToken }, (_result, problem) => {
      if (!problem) remember(shopper);
      done();
    }),
  );
}

export async function forgetMe() {
  remember("");
  const kithdesk = await chat();
  if (kithdesk) await inTime((done) => kithdesk.logout(done));
}

/** Once in a browser is enough: the chat keeps who it knows. Another desk behind the same shop has to be told anew.
 * @param {string | undefined} shopper
 */
export async function tellChat(shopper) {
  if (shopper && localStorage.getItem(TOLD) !== told(shopper)) await introduce(shopper);
}

/** @param {string} shopper */
function remember(shopper) {
  if (shopper) localStorage.setItem(TOLD, told(shopper));
  else localStorage.removeItem(TOLD);
}

/** @param {string} shopper */
function told(shopper) {
  const script = document.querySelector("script[data-kithdesk-key]");
  return `${shopper} ${script instanceof HTMLScriptElement ? script.dataset.kithdeskKey : ""}`;
}

/** @param {(done: () => void) => void} ask */
function inTime(ask) {
  return Promise.race([
    new Promise((resolve) => ask(() => resolve(undefined))),
    new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)),
  ]);
}
