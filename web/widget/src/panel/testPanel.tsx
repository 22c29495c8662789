import { render } from "@testing-library/preact";
import type { ComponentChildren } from "preact";
import type { ChatSettings } from "../chat/shapes.ts";
import { TestDesk } from "../chat/testDesk.ts";
import { PanelContext } from "./context.ts";
import { Files } from "./files/files.ts";
import { View } from "./view.ts";

export const SETTINGS: ChatSettings = {
  enabled: true,
  brandId: null,
  teamName: "Fernweh",
  teamIconUrl: null,
  greeting: "Hi there",
  waitMessage: null,
  colors: { accent: "#0c665a" },
  showTypingIndicatorWeb: true,
  showTypingIndicatorCustomerWeb: true,
  closableChat: true,
  noHistory: false,
  singleSessionChat: false,
  offhoursDisplay: "online",
  offhoursMessage: "",
  businessHours: null,
  widgetType: "chat",
  locale: null,
  attachments: {
    enabled: true,
    maxBytes: 5_242_880,
    maxTotalBytes: 9_961_472,
    types: ["image/png", "text/plain"],
  },
  allowedDomains: [],
  keptQuery: [],
};

/** The panel around some part of it, with a chat whose other end is a test desk. */
export class TestPanel {
  readonly desk = new TestDesk();
  readonly kept: string[] = [];
  readonly view: View;
  readonly files: Files;
  closed = 0;

  constructor(
    settings: Partial<ChatSettings> = {},
    token = "",
    prepare: (desk: TestDesk) => void = () => undefined,
    left = "",
  ) {
    prepare(this.desk);
    if (token) this.desk.chat.become(token);
    const all = { ...SETTINGS, ...settings };
    this.view = new View(this.desk.chat, all, {}, "", (drafts) => void this.kept.push(drafts), left);
    this.view.open.value = true;
    this.files = new Files(this.desk.chat, all.attachments);
  }

  show(children: ComponentChildren) {
    const close = () => {
      this.closed += 1;
    };
    return render(
      <PanelContext.Provider value={{ view: this.view, files: this.files, close }}>
        {children}
      </PanelContext.Provider>,
    );
  }
}

export const now = () => new Promise((resolve) => setTimeout(resolve, 5));
