import { expect } from "vitest";

import { pageWithChat } from "./harness/site.ts";
import { story } from "./harness/story.ts";

story(
  "on an Arabic page the chat speaks Arabic, from right to left",
  async ({ people, agent, server, site }) => {
    const visitor = await people.visitor({ locale: "ar" }, "ar");
    const html = pageWithChat(await server.embed(), { attributes: 'lang="ar" dir="rtl"', title: "متجر" });
    await visitor.visits(site.page("/ar", html));
    const bubble = await visitor.bubble.boundingBox();
    expect(bubble?.x).toBeLessThan(100);

    await visitor.opensChat();
    await visitor.reads("اكتب إلينا. نحفظ المحادثة هنا لتعود إليها متى شئت.");
    expect(await visitor.panel.locator("html").getAttribute("dir")).toBe("rtl");
    await visitor.writes("هل الخيمة مقاومة للماء؟");
    await visitor.reads("أُرسلت");

    await agent.opens("هل الخيمة مقاومة للماء؟");
    await agent.sees("هل الخيمة مقاومة للماء؟");
    await agent.answers("نعم، حتى في المطر الغزير.");
    await visitor.sees("نعم، حتى في المطر الغزير.");
    await visitor.reads("أنت تتحدث مع Ana Lima");
    await visitor.reads("شوهدت");
    await visitor.closesChat();
  },
);
