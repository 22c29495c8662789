import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../api/testing.ts";
import { emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { ME } from "../desk/testing.ts";
import { useSession } from "../session/session.ts";
import { type Offer, useOffers } from "../work/offers.ts";
import { loadTerms, NO_TERMS, useTerms } from "../work/terms.ts";
import { StatusPicker } from "./StatusPicker.tsx";

const STATUS = `/v1/routing/users/${ME}/status`;
const OFFER: Offer = {
  item: "w1",
  conversation: "c1",
  queue: "q1",
  until: "2026-11-24T12:00:30.000Z",
  endsAt: Date.now() + 30_000,
  lastsMs: 30_000,
  why: "",
  isAnswered: false,
};
let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(`PUT ${STATUS}`, resource("status", ME, {}));
  useSession.setState({ me: { id: ME, displayName: "Ana", email: "ana@shop.example", isAdmin: false } });
  const desk = emptyDesk(ME);
  desk.agents.set(ME, {
    id: ME,
    displayName: "Ana",
    status: "busy",
    reason: null,
    changedAt: null,
    load: null,
    capacity: null,
  });
  replaceDesk(desk);
});

afterEach(() => {
  replaceDesk(emptyDesk(ME));
  useTerms.setState(NO_TERMS);
  useOffers.setState({ offers: [] });
  vi.unstubAllGlobals();
});

function opened(): void {
  render(<StatusPicker anchor={null} onClose={() => undefined} />);
}

it("offers the organisation's own reasons, and then no others", async () => {
  useTerms.setState({ reasons: ["Stocktaking"] });
  opened();

  await userEvent.type(screen.getByRole("combobox"), "Lunch");
  expect(screen.queryByRole("option", { name: /Lunch/ })).toBeNull();
  await userEvent.clear(screen.getByRole("combobox"));
  await userEvent.click(screen.getByRole("option", { name: /Stocktaking/ }));

  await waitFor(() =>
    expect(server.bodies(`PUT ${STATUS}`)).toEqual([{ status: "unavailable", reason: "Stocktaking" }]),
  );
});

it("says what becomes of what one has, and of what one is asked", () => {
  changeDesk((desk) => {
    desk.counts = { ...desk.counts, mine: 26 };
  });
  useOffers.setState({ offers: [OFFER] });
  opened();

  expect(screen.getByText(/your 26 open conversations stay yours/).textContent).toBe(
    "Busy or away, your 26 open conversations stay yours. What is offered to you goes to the next. After signing out, others may be given them.",
  );
});

it("asks whoever goes away nothing more, from that moment on", async () => {
  const answer = server.late(`PUT ${STATUS}`);
  useOffers.setState({ offers: [OFFER] });
  opened();

  await userEvent.click(screen.getByRole("option", { name: /Lunch/ }));

  expect(useOffers.getState().offers).toEqual([]);
  answer(resource("status", ME, {}));
});

it("lets whoever is in several teams choose as which they work, and keeps their status", async () => {
  const members = [ME];
  const teams = { t1: { name: "Orders", members }, t2: { name: "Repairs", members }, t3: { members: [] } };
  const data = Object.entries(teams).map(([id, attributes]) => ({ id, type: "team", attributes }));
  server.on("GET /v1/teams?page=1&pageSize=100", [200, { data }]);
  for (const id of ["t1", "t2"])
    server.on(`GET /v1/routing/settings?team=${id}`, resource("routing_settings", id, { enabled: true }));
  const team = { data: { type: "team", id: "t1" } };
  server.on(`GET ${STATUS}`, [
    200,
    { data: { type: "user_status", id: ME, attributes: {}, relationships: { team } } },
  ]);
  await loadTerms(ME);
  opened();

  await userEvent.click(screen.getByRole("option", { name: "Work as Repairs" }));

  await waitFor(() => expect(server.bodies(`PUT ${STATUS}`)).toEqual([{ status: "busy", team: "t2" }]));
});
