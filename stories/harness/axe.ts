import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Frame, Page } from "playwright-core";

const SOURCE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong on our part of a page: the console, or the panel; not the shop around it. */
export async function violations(page: Page): Promise<string[]> {
  const panel = page.frames().find((frame) => frame.url().includes("/widget/panel.html"));
  return check(panel ?? page.mainFrame());
}

async function check(frame: Frame): Promise<string[]> {
  // Through the debugger, which the page's policy does not bind; half a megabyte, once for each document.
  if (!(await frame.evaluate(() => "axe" in window))) await frame.evaluate(SOURCE);
  return frame.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await axe.run({ runOnly: tags, resultTypes: ["violations"] });
    return found.violations.map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 3).map(({ html, failureSummary }) => `${html}\n${failureSummary}`);
      return `${id}: ${help}\n${places.join("\n")}`;
    });
  });
}

interface Axe {
  run(options: object): Promise<{ violations: Violation[] }>;
}

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}
