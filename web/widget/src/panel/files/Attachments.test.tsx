import type { Attachment } from "@kithdesk/api-client";
import { cleanup, fireEvent, waitFor } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { TestPanel } from "../testPanel.tsx";
import { FileChip } from "./Attachments.tsx";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const PLAN: Attachment = {
  id: "a1",
  name: "plan.pdf",
  contentType: "application/pdf",
  contentLength: 3,
  width: null,
  height: null,
  hasThumbnail: false,
};

test("a file that cannot be had just now says so, and is saved at the next try", async () => {
  const panel = new TestPanel();
  const saved = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  vi.spyOn(panel.files, "signed").mockResolvedValue({ url: "/c/files/t", thumbnail: null });
  let status = 503;
  vi.stubGlobal("fetch", async () => new Response("content", { status }));
  const { getByRole, findByRole, queryByRole } = panel.show(<FileChip attachment={PLAN} />);

  fireEvent.click(getByRole("button", { name: /Download plan.pdf/ }));
  expect((await findByRole("alert")).textContent).toContain("This could not be loaded.");
  expect(saved).not.toHaveBeenCalled();
  status = 200;
  fireEvent.click(getByRole("button", { name: "Try again" }));

  await waitFor(() => expect(saved).toHaveBeenCalledOnce());
  expect(queryByRole("alert")).toBeNull();
});
