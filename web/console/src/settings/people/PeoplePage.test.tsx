import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../../api/testing.ts";
import { undoLatest, useToasts } from "../../toast/toast.ts";
import { PeoplePage } from "./PeoplePage.tsx";

const ben = {
  type: "user",
  id: "u2",
  attributes: { displayName: "Ben Ojo", email: "ben@example.com", roles: ["org.user"] },
};
const workshop = { type: "team", id: "t1", attributes: { name: "Workshop", members: ["u2"] } };

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on("GET /v1/users?userType=user&page=1&pageSize=500", [200, { data: [ben] }]);
  server.on("GET /v1/teams?page=1&pageSize=100", [200, { data: [workshop] }]);
});

afterEach(() => {
  useToasts.setState({ toasts: [] });
  vi.unstubAllGlobals();
});

it("makes an agent an administrator", async () => {
  server.on("PUT /v1/users/u2", resource("user", "u2", {}));
  render(<PeoplePage path={[]} />);

  await userEvent.selectOptions(await screen.findByLabelText("What Ben Ojo may do"), "Administrator");

  await waitFor(() => expect(useToasts.getState().toasts[0]?.text).toBe("Ben Ojo is an administrator now"));
  expect(server.bodies("PUT /v1/users/u2")).toEqual([{ roleGroups: ["admin"] }]);
});

it("asks before it shuts somebody out, and takes them back", async () => {
  server.on("DELETE /v1/users/u2", [204]);
  server.on("PUT /v1/users/u2", resource("user", "u2", {}));
  render(<PeoplePage path={[]} />);
  await userEvent.click(await screen.findByLabelText("Deactivate Ben Ojo"));

  await userEvent.click(screen.getByRole("button", { name: "Deactivate" }));
  await waitFor(() => expect(server.bodies("DELETE /v1/users/u2")).toHaveLength(1));
  await waitFor(() => expect(undoLatest()).toBe(true));

  await waitFor(() => expect(server.bodies("PUT /v1/users/u2")).toEqual([{ deleted: false }]));
});

it("shows a new agent's link once, and keeps it on screen until somebody has it", async () => {
  server.on("POST /v1/users", resource("user", "u3", { setupUrl: "https://desk.example/#/setup/kdl_x" }));
  render(<PeoplePage path={[]} />);
  await userEvent.click(await screen.findByRole("button", { name: "Add an agent" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "Ana Lima");
  await userEvent.click(screen.getByRole("button", { name: "Make the link" }));
  expect(screen.getByText("Give the address they will sign in with.")).toBeTruthy();
  await userEvent.type(screen.getByRole("textbox", { name: "E-mail address" }), "ana@example.com");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "What they may do" }), "Administrator");

  await userEvent.click(screen.getByRole("button", { name: "Make the link" }));

  expect(await screen.findByText("https://desk.example/#/setup/kdl_x")).toBeTruthy();
  expect(server.bodies("POST /v1/users")).toEqual([
    { displayName: "Ana Lima", email: "ana@example.com", roleGroups: ["admin"] },
  ]);
  await userEvent.keyboard("{Escape}");
  expect(screen.getByText("https://desk.example/#/setup/kdl_x")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "I have it" }));
  expect(screen.queryByText("https://desk.example/#/setup/kdl_x")).toBeNull();
});

it("keeps what was typed when an agent cannot be added", async () => {
  server.on("POST /v1/users", refusal(409, "Taken"));
  render(<PeoplePage path={[]} />);
  await userEvent.click(await screen.findByRole("button", { name: "Add an agent" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "Ben");
  await userEvent.type(screen.getByRole("textbox", { name: "E-mail address" }), "ben@example.com{Enter}");

  await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("Nobody was added."));
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Name" }).value).toBe("Ben");
});

it("changes who is in a team, and keeps the sheet when it is refused", async () => {
  server.on("PUT /v1/teams/t1", refusal(409, "Taken"));
  render(<PeoplePage path={[]} />);
  await userEvent.click(await screen.findByRole("button", { name: /^Workshop/ }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Ben Ojo" }));

  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("Taken"));
  expect(server.bodies("PUT /v1/teams/t1")).toEqual([{ name: "Workshop", members: [] }]);
});

it("says which queues a team leaves behind before it goes", async () => {
  const empty = { meta: { totalPages: 1 } };
  const queue = (id: string, name: string) => ({ type: "queue", id, attributes: { name } });
  const crew = (team: string) => ({ team, name: team, members: 1, here: 0, available: 0, elsewhere: 0 });
  const staffing = (id: string, ...teams: string[]) => ({
    type: "queue_staffing",
    id,
    attributes: { served: true, teams: teams.map(crew) },
  });
  server.on("GET /v1/routing/queues?page=1&pageSize=100", [
    200,
    { data: [queue("q1", "Orders"), queue("q2", "Returns")], ...empty },
  ]);
  server.on("GET /v1/routing/queue-staffing?page=1&pageSize=100", [
    200,
    { data: [staffing("q1", "t1", "t2"), staffing("q2", "t1")], ...empty },
  ]);
  server.on("DELETE /v1/teams/t1", [204]);
  render(<PeoplePage path={[]} />);
  await userEvent.click(await screen.findByRole("button", { name: /^Workshop/ }));

  await userEvent.click(screen.getByRole("button", { name: "Remove" }));

  const question = screen.getByRole("dialog", { name: "Remove “Workshop”?" });
  await within(question).findByText(/It serves “Orders”, “Returns”. No other team serves “Returns”/);
  expect(server.bodies("DELETE /v1/teams/t1")).toEqual([]);
  await userEvent.click(within(question).getByRole("button", { name: "Remove" }));
  await waitFor(() => expect(server.bodies("DELETE /v1/teams/t1")).toHaveLength(1));
});
