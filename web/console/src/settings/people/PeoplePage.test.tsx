import { render, screen, waitFor } from "@testing-library/react";
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
  render(<PeoplePage />);

  await userEvent.selectOptions(await screen.findByLabelText("What Ben Ojo may do"), "Administrator");

  await waitFor(() => expect(useToasts.getState().toasts[0]?.text).toBe("Ben Ojo is an administrator now"));
  expect(server.bodies("PUT /v1/users/u2")).toEqual([{ roleGroups: ["admin"] }]);
});

it("asks before it shuts somebody out, and takes them back", async () => {
  server.on("DELETE /v1/users/u2", [204]);
  server.on("PUT /v1/users/u2", resource("user", "u2", {}));
  render(<PeoplePage />);
  await userEvent.click(await screen.findByLabelText("Deactivate Ben Ojo"));

  await userEvent.click(screen.getByRole("button", { name: "Deactivate" }));
  await waitFor(() => expect(server.bodies("DELETE /v1/users/u2")).toHaveLength(1));
  await waitFor(() => expect(undoLatest()).toBe(true));

  await waitFor(() => expect(server.bodies("PUT /v1/users/u2")).toEqual([{ deleted: false }]));
});

it("changes who is in a team, and keeps the sheet when it is refused", async () => {
  server.on("PUT /v1/teams/t1", refusal(409, "Taken"));
  render(<PeoplePage />);
  await userEvent.click(await screen.findByRole("button", { name: /^Workshop/ }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Ben Ojo" }));

  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("Taken"));
  expect(server.bodies("PUT /v1/teams/t1")).toEqual([{ name: "Workshop", members: [] }]);
});
