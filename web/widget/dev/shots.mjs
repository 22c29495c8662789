/** Pictures of every screen, both sizes, light and dark: `node dev/shots.mjs [folder]`. Look at them. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startMock } from "./mockServer.mjs";

const FOLDER = process.argv[2] ?? "/tmp/kithdesk-shots";
const ONLY = process.argv[3];
const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 720 } };
const HOUR = 3_600_000;

mkdirSync(FOLDER, { recursive: true });
const mock = await startMock();
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

try {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const theme of ["light", "dark"]) {
      for (const [name, scene] of Object.entries(scenes())) {
        const shot = `${name}-${size}-${theme}`;
        if (ONLY && !shot.includes(ONLY)) continue;
        await take(shot, scene, viewport, theme);
      }
    }
  }
} finally {
  await browser.close();
  mock.close();
}

async function take(shot, scene, viewport, theme) {
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    deviceScaleFactor: 2,
    hasTouch: viewport.width < 500,
  });
  const page = await context.newPage();
  page.on(
    "console",
    (message) => message.type() === "error" && process.stderr.write(`${shot}: ${message.text()}\n`),
  );
  page.on("pageerror", (error) => process.stderr.write(`${shot}: ${error.stack}\n`));
  const query = `${theme === "dark" ? "dark" : "light"}${scene.query ?? ""}`;
  Object.assign(mock.desk, { deaf: false, refuse: null, delay: 0, blocked: false });
  mock.desk.settings.colors.accent = scene.accent ?? "#0c665a";
  if (scene.before) await scene.before(page, context);
  await page.goto(`http://localhost:4301/?${query}`);
  await scene.play(page);
  await page.waitForTimeout(450);
  await page.screenshot({ path: join(FOLDER, `${shot}.png`) });
  process.stdout.write(`${shot}\n`);
  await context.close();
}

function open(page) {
  return page.locator("#kustomer-ui-sdk-launcher-icon-frame button").click();
}

function panel(page) {
  return page.frameLocator("#kustomer-ui-sdk-iframe");
}

async function write(page, text) {
  await panel(page).getByRole("textbox").fill(text);
  await panel(page).getByRole("textbox").press("Enter");
}

function known(fill) {
  return async (_, context) => {
    const visitor = mock.desk.newVisitor();
    fill(visitor);
    await context.addCookies([
      { name: "kithdesk-identity", value: visitor.token, url: "http://localhost:4301" },
    ]);
  };
}

function at(hoursAgo, minutes = 0) {
  return new Date(Date.now() - hoursAgo * HOUR + minutes * 60_000).toISOString();
}

function talk(visitor) {
  const { desk } = mock;
  const conversation = desk.open(visitor, { assignee: { displayName: "Ana Lima" } });
  const say = (direction, body, sentAt, more = {}) =>
    desk.say(conversation, { direction, body, sentAt, ...more });
  say("in", "Hello, I ordered the Ridge tent last week and one pole is bent.", at(26));
  say("in", "Order 4471", at(26, 1));
  say("out", "Sorry to hear that. I can send you a new pole today.", at(26, 4), { readAt: at(26) });
  say("out", "Is the address on the order still right?", at(26, 4), { readAt: at(26) });
  say("in", "Yes it is. Thank you 🙏", at(26, 6), { readAt: at(26) });
  const photo = {
    id: "f1".padStart(24, "0"),
    name: "bent-pole.jpg",
    contentType: "image/jpeg",
    contentLength: 812_331,
    width: 900,
    height: 600,
    hasThumbnail: true,
  };
  const pdf = {
    id: "f2".padStart(24, "0"),
    name: "Return label for the very first shipment of order 4471.pdf",
    contentType: "application/pdf",
    contentLength: 48_100,
    width: null,
    height: null,
    hasThumbnail: false,
  };
  for (const file of [photo, pdf]) desk.files.set(file.id, { attributes: file });
  say("in", "This is how it looks", at(0, -12), { attachments: [photo] });
  say("out", "Thanks, that helps. Here is the label: https://fernweh.example/returns/4471", at(0, -9), {
    attachments: [pdf],
    readAt: at(0),
  });
  say("in", "Got it", at(0, -8), { readAt: at(0, -7) });
  return conversation;
}

function several(visitor) {
  const { desk } = mock;
  const first = desk.open(visitor, { assignee: { displayName: "Ana Lima" } });
  desk.say(first, { body: "Your pole is on its way. It should arrive on Thursday.", sentAt: at(0, -3) });
  desk.say(first, { body: "Anything else I can do for you today?", sentAt: at(0, -2) });
  const second = desk.open(visitor, {
    assignee: { displayName: "Maximilian-Alexander von Hohenfels-Lindenberg" },
  });
  desk.say(second, {
    direction: "in",
    body: "Do the alpine boots run small? I am between 42 and 43 and have rather wide feet",
    sentAt: at(30),
  });
  const third = desk.open(visitor);
  desk.say(third, { body: "Glad it worked out.", readAt: at(1), sentAt: at(400) });
  Object.assign(third.attributes, { ended: true, endedAt: at(399), unread: 0 });
}

function scenes() {
  return {
    closed: { play: (page) => page.waitForSelector("#kustomer-ui-sdk-launcher-icon-frame") },
    new: { play: (page) => open(page) },
    writing: {
      play: async (page) => {
        await open(page);
        await panel(page)
          .getByRole("textbox")
          .fill("Hello, I would like to know whether the Ridge tent\nfits two people and a dog.");
      },
    },
    talk: {
      before: known(talk),
      play: async (page) => {
        await open(page);
        await panel(page).getByText("Got it").waitFor();
      },
    },
    typing: {
      before: known((visitor) => {
        mock.current = talk(visitor);
      }),
      play: async (page) => {
        await open(page);
        await panel(page).getByText("Got it").waitFor();
        await page.waitForTimeout(300);
        mock.desk.signal(mock.current, true);
      },
    },
    list: {
      before: known(several),
      play: async (page) => {
        await open(page);
        await panel(page).getByText("Your conversations").waitFor();
      },
    },
    ended: {
      before: known((visitor) => {
        const conversation = talk(visitor);
        Object.assign(conversation.attributes, { ended: true, endedAt: at(0) });
      }),
      play: async (page) => {
        await open(page);
        await panel(page).getByText("Got it").waitFor();
      },
    },
    ending: {
      before: known(talk),
      play: async (page) => {
        await open(page);
        await panel(page).getByRole("button", { name: "End conversation" }).click();
      },
    },
    lightbox: {
      before: known(talk),
      play: async (page) => {
        await open(page);
        await panel(page).locator(".picture").click();
      },
    },
    offline: {
      before: known(talk),
      play: async (page) => {
        await open(page);
        await panel(page).getByText("Got it").waitFor();
        mock.desk.blocked = true;
        for (const socket of mock.desk.sockets) socket.destroy();
        await write(page, "Are you still there?");
        await panel(page).getByText("Connection lost").waitFor();
      },
    },
    refused: {
      before: known(talk),
      play: async (page) => {
        await open(page);
        await panel(page).getByText("Got it").waitFor();
        mock.desk.refuse = { status: 400, code: "badparam", title: "No" };
        await write(page, "This one is refused");
        await panel(page).getByText("Not sent").waitFor();
      },
    },
    uploads: {
      before: known(talk),
      play: async (page) => {
        await open(page);
        await panel(page).getByText("Got it").waitFor();
        await panel(page)
          .locator("input[type=file]")
          .setInputFiles([
            {
              name: "tent at the lake with a very long name indeed.txt",
              mimeType: "text/plain",
              buffer: Buffer.alloc(90_000),
            },
            { name: "setup.exe", mimeType: "application/x-msdownload", buffer: Buffer.alloc(9) },
          ]);
      },
    },
    rtl: {
      query: "&rtl",
      before: known((visitor) => {
        const { desk } = mock;
        const conversation = desk.open(visitor, { assignee: { displayName: "ليلى حداد" } });
        desk.say(conversation, { direction: "in", body: "مرحبا، أين طلبي رقم 4471؟", sentAt: at(0, -9) });
        desk.say(conversation, {
          body: "أهلًا بك. خرج طلبك اليوم ويصل يوم الخميس.",
          sentAt: at(0, -8),
          sentBy: { type: "user", id: "b".repeat(24), displayName: "ليلى حداد" },
          readAt: at(0),
        });
        desk.say(conversation, {
          direction: "in",
          body: "شكرًا جزيلًا Ana!",
          sentAt: at(0, -7),
          readAt: at(0),
        });
      }),
      play: async (page) => {
        await open(page);
        await panel(page).getByText("شكرًا").waitFor();
      },
    },
    yellow: {
      accent: "#ffd400",
      before: known(talk),
      play: async (page) => {
        await open(page);
        await panel(page).getByText("Got it").waitFor();
      },
    },
  };
}
