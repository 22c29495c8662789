import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { SignOutSheet } from "./SignOutSheet.tsx";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on("DELETE /v1/auth/tokens/current", [204]);
});

afterEach(() => vi.unstubAllGlobals());

it("lets one stay", async () => {
  const onClose = vi.fn();
  render(<SignOutSheet onClose={onClose} />);

  await userEvent.click(screen.getByRole("button", { name: "Stay signed in" }));

  expect(onClose).toHaveBeenCalledTimes(1);
  expect(server.asked).toEqual([]);
});

it("signs out all the same when that is wanted", async () => {
  render(<SignOutSheet onClose={() => undefined} />);

  await userEvent.click(screen.getByRole("button", { name: "Delete them and sign out" }));

  await vi.waitFor(() => expect(server.asked).toMatchObject([{ method: "DELETE" }]));
});
