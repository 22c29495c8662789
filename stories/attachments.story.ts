import { expect } from "vitest";

import { picture, textFile } from "./harness/files.ts";
import { story } from "./harness/story.ts";

story("a visitor sends a picture, which both see and may open", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.attaches(picture("torn-seam.png"));
  await visitor.reads("torn-seam.png");
  await visitor.writes("Can this be mended?");
  await visitor.reads("Sent");

  await agent.opens("Can this be mended?");
  await agent.seesPicture("Image: torn-seam.png");
  await visitor.seesPicture("Show torn-seam.png");
  await visitor.page.reload();
  await visitor.seesPicture("Show torn-seam.png");
  await visitor.panel.getByRole("img", { name: "Show torn-seam.png" }).click();
  const opened = visitor.panel.getByRole("dialog", { name: "torn-seam.png" });
  await expect.poll(() => opened.getByRole("img").evaluate(widthOf)).toBe(320);
  await opened.getByRole("button", { name: "Close image" }).click();
  await visitor.sees("Can this be mended?");
});

story("an agent sends a file, and the visitor gets the same bytes", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("How do I wax it?");
  await agent.opens("How do I wax it?");
  await agent.attaches(textFile("waxing.txt", "Warm it, rub it in, let it cool."));
  await agent.attaches(picture("wax.png"));
  await agent.answers("Like this");

  await visitor.sees("Like this");
  await visitor.seesPicture("Show wax.png");
  const download = visitor.page.waitForEvent("download");
  await visitor.panel.getByRole("button", { name: "Download waxing.txt" }).click();
  expect((await download).suggestedFilename()).toBe("waxing.txt");
  expect(await textOf(await download)).toBe("Warm it, rub it in, let it cool.");
});

story("a file of the wrong kind is refused in words, whatever it is called", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.attaches({
    name: "setup.exe",
    mimeType: "application/x-msdownload",
    buffer: Buffer.from("MZ"),
  });
  await visitor.reads("setup.exe is of a kind that cannot be sent.");
  await visitor.panel.getByRole("button", { name: "Remove setup.exe" }).click();
  await visitor.attaches({
    name: "photo.png",
    mimeType: "image/png",
    buffer: Buffer.from("<script>1</script>"),
  });
  await visitor.reads("photo.png is of a kind that cannot be sent.");
  await visitor.panel.getByRole("button", { name: "Remove photo.png" }).click();
  await visitor.writes("Then without");
  await visitor.reads("Sent");

  await agent.opens("Then without");
  await agent.attaches({
    name: "setup.exe",
    mimeType: "application/x-msdownload",
    buffer: Buffer.from("MZ"),
  });
  await agent.reads("Not sent");
  await agent.page.getByRole("button", { name: "Remove setup.exe" }).click();
  await agent.answers("Better so");
  await visitor.sees("Better so");
});

function widthOf(image: Element): number {
  return (image as HTMLImageElement).naturalWidth;
}

async function textOf(download: { createReadStream(): Promise<AsyncIterable<Uint8Array>> }): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  return Buffer.concat(parts).toString();
}
