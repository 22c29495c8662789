import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { useToasts } from "../toast/toast.ts";
import { Attachments } from "./Attachments.tsx";

const PLAN = {
  id: "a1",
  name: "plan.pdf",
  contentType: "application/pdf",
  contentLength: 3,
  width: null,
  height: null,
  hasThumbnail: false,
};

beforeEach(() => useToasts.setState({ toasts: [] }));

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it("says why a file cannot be opened, and opens it at the next press", async () => {
  const saved = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  const server = new ApiServer();
  const data = { type: "attachment", id: "a1", attributes: PLAN, links: { related: "/files/t" } };
  server.on("GET /v1/attachments/a1", () => [200, { data, meta: {} }]);
  let isAway = true;
  server.on("GET /files/t", () =>
    isAway
      ? [503, { errors: [{ status: 503, code: "overloaded", title: "Busy", detail: "Files are away." }] }]
      : [200, {}],
  );
  render(<Attachments attachments={[PLAN]} canOpen />);
  const file = screen.getByRole("button", { name: /plan.pdf/ });

  await userEvent.click(file);
  await waitFor(() =>
    expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual([
      "This file could not be opened. Files are away.",
    ]),
  );
  expect(saved).not.toHaveBeenCalled();
  isAway = false;
  await userEvent.click(file);

  await waitFor(() => expect(saved).toHaveBeenCalledOnce());
});
