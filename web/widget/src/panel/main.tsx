/** The panel in its frame: learns where it is allowed, waits for the page that embeds it, then draws the chat. */
import "./panel.css";
import { ChatApi } from "../chat/api.ts";
import type { ChatSettings } from "../chat/shapes.ts";
import { HostPage, isSiteAllowed } from "./hostPage.ts";
import { openPanel } from "./openPanel.tsx";

const page = new HostPage();
const key = new URLSearchParams(location.search).get("key") ?? "";
const root = document.getElementById("panel");
if (root) void begin(root);

async function begin(element: HTMLElement): Promise<void> {
  const settings = await loadSettings();
  page.listen((origin) => isSiteAllowed(origin, settings.allowedDomains), openPanel(element, page, settings));
}

async function loadSettings(): Promise<ChatSettings> {
  const api = new ChatApi("", () => "");
  for (;;) {
    try {
      return await api.settings(key);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2_000 + Math.random() * 3_000));
    }
  }
}
