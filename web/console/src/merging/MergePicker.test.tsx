import { render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { MergePicker } from "./MergePicker.tsx";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  const attributes = {
    displayName: "Maya Lindqvist",
    emails: [{ email: "maya@work.example", verified: false }],
    reasons: [{ kind: "phone", text: "Both have the telephone number +46701234567." }],
  };
  server.on("GET /v1/customers/k1/duplicates", [
    200,
    { data: [{ type: "customer_duplicate", id: "k2", attributes }] },
  ]);
});

afterEach(() => vi.unstubAllGlobals());

it("says of whom it suggests how they are reached and why, on lines of their own", async () => {
  render(<MergePicker customer="k1" onPick={() => undefined} onClose={() => undefined} />);

  const telling = await screen.findByText(/maya@work\.example/u);

  expect(telling.textContent).toContain("Both have the telephone number +46701234567.");
  expect(telling.className).toBe("picker__detail");
});

it("does not say that nothing was found before anything was looked for", async () => {
  server.on("GET /v1/customers/k1/duplicates", [200, { data: [] }]);

  render(<MergePicker customer="k1" onPick={() => undefined} onClose={() => undefined} />);

  expect((await screen.findByRole("status")).textContent).toBe("");
});
