import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../api/testing.ts";
import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { CustomerPane } from "./CustomerPane.tsx";

afterEach(() => vi.unstubAllGlobals());

it("keeps what is being typed when the customer becomes part of another, and saves it there", async () => {
  const server = new ApiServer();
  for (const [id, name] of [
    ["k1", "Maya"],
    ["k2", "Ana Lopes"],
  ] as const)
    server.on(`GET /v1/customers/${id}`, resource("customer", id, { displayName: name, name, rev: 1 }));
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => confirm(desk, aConversation({ id: "c1", customer: "k1", customerName: "Maya" })));
  render(<CustomerPane conversation="c1" />);
  fireEvent.click(await screen.findByRole("button", { name: "Email or phone" }));
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Email" });
  fireEvent.change(field, { target: { value: "maya@home.test" } });

  act(() =>
    changeDesk((desk) => {
      const moved = aConversation({ id: "c1", customer: "k2", customerName: "Ana Lopes" });
      confirm(desk, { ...moved, position: 99 });
      desk.customers.delete("k1");
    }),
  );

  expect(await screen.findByRole("heading", { name: "Ana Lopes" })).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Email" }).value).toBe("maya@home.test");
  fireEvent.keyDown(screen.getByRole("textbox", { name: "Email" }), { key: "Enter" });
  await vi.waitFor(() =>
    expect(server.bodies("PATCH /v1/customers/k2")).toEqual([
      { emails: [{ email: "maya@home.test", type: "home" }], rev: 1 },
    ]),
  );
});
