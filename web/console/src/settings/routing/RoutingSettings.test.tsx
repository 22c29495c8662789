import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { type ApiServer, refusal, resource } from "../../api/testing.ts";
import { useNavigation } from "../../navigation/navigation.ts";
import { useToasts } from "../../toast/toast.ts";
import { list, routingServer, rules, shown } from "./testing.tsx";

let server: ApiServer;

beforeEach(() => {
  server = routingServer();
});

afterEach(() => {
  useToasts.setState({ toasts: [] });
  vi.unstubAllGlobals();
});

async function saved(method: string): Promise<unknown> {
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  return bodyOf(method);
}

async function bodyOf(method: string): Promise<unknown> {
  await waitFor(() => expect(server.bodies(method)).toHaveLength(1));
  return server.bodies(method)[0];
}

it("lists queues with what waits in them now, the default one first", async () => {
  shown();

  const [first, second] = await screen.findAllByRole("link", { name: /Priority/ });

  expect(first?.textContent).toContain("Default queue");
  expect(first?.textContent).toContain("3 waiting · longest 5 min");
  expect(second?.textContent).toContain("Nothing waits");
});

it("leads from how teams are given work to where teams are made", async () => {
  shown("teams");

  const link = await screen.findByRole("link", { name: "Agents and teams" });

  expect(link.getAttribute("href")).toContain("settings/people");
});

it("changes a queue, with an overflow of so many minutes", async () => {
  shown("queues", "q1");
  await userEvent.selectOptions(await screen.findByLabelText("New work"), "manual");
  await userEvent.click(screen.getByLabelText("Do something when it takes too long"));
  await userEvent.clear(screen.getByLabelText("After this many minutes"));
  await userEvent.type(screen.getByLabelText("After this many minutes"), "3");

  expect(await saved("PUT /v1/routing/queues/q1")).toEqual({
    acceptance: "manual",
    overflow: { toQueue: "q0", afterSeconds: 180, overWaiting: null, message: null, form: false },
  });
});

it("tells customers that it takes long, and lets them leave an address", async () => {
  shown("queues", "q1");
  await userEvent.click(await screen.findByLabelText("Do something when it takes too long"));
  await userEvent.selectOptions(screen.getByLabelText("Goes on into"), "It stays here");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.getByText(/and what then: another queue, a message/)).toBeDefined();
  await userEvent.type(screen.getByLabelText("Message to the customer"), "It takes a while today.");
  await userEvent.click(screen.getByLabelText("Let them leave an e-mail address"));

  expect(await saved("PUT /v1/routing/queues/q1")).toMatchObject({
    overflow: { toQueue: null, afterSeconds: 300, message: "It takes a while today.", form: true },
  });
});

it("prefers an agent by a rule", async () => {
  rules(server, ["r1", { name: "Orders" }]);
  shown("rules", "r1");

  await userEvent.selectOptions(await screen.findByLabelText("Preferred agent"), "Ben");

  expect(await saved("PUT /v1/routing/queue-rules/r1")).toEqual({ preferred: "u2" });
});

it("says for all teams at once how long work waits for a language", async () => {
  shown("teams", "t1");
  await screen.findByLabelText("At once");
  expect(screen.queryByLabelText("Seconds to wait for a language")).toBeNull();
  cleanup();
  shown("teams", "everybody");

  await userEvent.type(await screen.findByLabelText("Seconds to wait for a language"), "60");

  expect(await saved("PUT /v1/routing/settings")).toEqual({ languageHoldSeconds: 60 });
});

it("does not save numbers that are none, and says so", async () => {
  shown("queues", "q1");
  await userEvent.clear(await screen.findByLabelText("Priority"));

  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  expect(screen.getByText("Give whole numbers within their limits.")).toBeDefined();
  expect(server.bodies("PUT /v1/routing/queues/q1")).toEqual([]);
});

it("says why a queue cannot go, and never offers it of the default one", async () => {
  server.on("DELETE /v1/routing/queues/q1", refusal(409, "queue_in_use"));
  shown("queues", "q1");
  await userEvent.click(await screen.findByRole("button", { name: "Remove this queue" }));
  const question = screen.getByRole("dialog", { name: "Remove “Orders”?" });
  expect(question.textContent).toContain("What waits in it goes to “Default queue”");

  await userEvent.click(within(question).getByRole("button", { name: "Remove" }));

  await within(question).findByText(/still sends work here/);
  cleanup();
  shown("queues", "q0");
  await screen.findByLabelText("Priority");
  expect(screen.queryByRole("button", { name: "Remove this queue" })).toBeNull();
});

it("sends of a team only what was changed, and lets it follow everybody again", async () => {
  shown("teams", "t1");
  await userEvent.clear(await screen.findByLabelText("At once"));
  await userEvent.selectOptions(screen.getByLabelText("New work"), "manual");
  await userEvent.type(screen.getByLabelText("Seconds to accept"), "20");

  expect(await saved("PUT /v1/routing/settings?team=t1")).toEqual({
    capacityPerAgent: null,
    acceptance: "manual",
    acceptTimeoutSeconds: 20,
  });
});

it("sets what agents may be unavailable for, without empty lines", async () => {
  shown("teams", "everybody");
  await userEvent.type(await screen.findByLabelText("One on each line"), "Lunch{enter} {enter}Training");

  expect(await saved("PUT /v1/routing/settings")).toEqual({ unavailableReasons: ["Lunch", "Training"] });
});

it("keeps conditions that it cannot show, and asks for a skill", async () => {
  const criteria = { not: [{ conversation_channel: { equals: "chat" } }] };
  rules(server, ["r1", { name: "Repairs", criteria }]);
  shown("rules", "r1");
  await screen.findByText(/can only be changed through the API/);

  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Only for agents who can" }), "repairs");
  await userEvent.selectOptions(screen.getByLabelText("Repairs, at least"), "3");

  expect(await saved("PUT /v1/routing/queue-rules/r1")).toEqual({ skills: { repairs: 3 } });
});

it("sets an agent's level at once and keeps their others", async () => {
  shown("skills");

  await userEvent.selectOptions(await screen.findByLabelText("Ana: level of Repairs"), "4");

  expect(await bodyOf("PUT /v1/routing/users/u1/skills")).toEqual({
    skills: { "lang:de": 3, repairs: 4 },
  });
});

it("sets two levels one after the other, and keeps what a colleague has set meanwhile", async () => {
  list(server, "routing/skills", "skill", {
    s1: { key: "repairs", name: "Repairs" },
    s2: { key: "returns", name: "Returns" },
  });
  let levels: Record<string, number> = { "lang:de": 3 };
  server.on("GET /v1/routing/users/u1/skills", () => resource("user_skills", "u1", { skills: levels }));
  shown("skills");
  await screen.findByLabelText("Ana: level of Repairs");
  levels = { "lang:de": 3, theirs: 5 };
  server.on("PUT /v1/routing/users/u1/skills", ({ body }) => {
    levels = (body as { skills: Record<string, number> }).skills;
    return resource("user_skills", "u1", { skills: levels });
  });

  const rate = (skill: string) =>
    fireEvent.change(screen.getByLabelText(`Ana: level of ${skill}`), { target: { value: "4" } });
  rate("Repairs");
  rate("Returns");

  await waitFor(() => expect(levels).toEqual({ "lang:de": 3, theirs: 5, repairs: 4, returns: 4 }));
  expect(server.bodies("PUT /v1/routing/users/u1/skills")).toHaveLength(2);
});

it("says what each part is for while there is nothing in it", async () => {
  rules(server);
  shown("rules");
  await screen.findByText("No rules yet");
  cleanup();
  list(server, "routing/skills", "skill", {});
  shown("skills");
  await screen.findByText("No skills yet");
});

it("goes back to the list when a queue was saved", async () => {
  shown("queues", "q1");
  await userEvent.type(await screen.findByLabelText("Name"), " and returns");

  await saved("PUT /v1/routing/queues/q1");

  await waitFor(() =>
    expect(useNavigation.getState().route).toEqual({ screen: "settings", path: ["routing", "queues"] }),
  );
});
