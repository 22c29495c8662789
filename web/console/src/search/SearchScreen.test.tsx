import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { currentPlace, go, goToSearch, useNavigation } from "../navigation/navigation.ts";
import { HOME } from "../navigation/route.ts";
import { SearchScreen } from "./SearchScreen.tsx";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  go(HOME, "replace");
  goToSearch("");
});

afterEach(() => vi.unstubAllGlobals());

/** As the desk draws it, from the address. */
function Screen() {
  const { route } = useNavigation();
  return route.screen === "search" ? <SearchScreen {...route} /> : null;
}

function hit(id: string, attributes: object) {
  return {
    type: "search_hit",
    id,
    attributes: { kind: "message", title: "Maya", snippet: "", ...attributes },
  };
}

function answer(query: string, hits: object[], total = hits.length) {
  server.on(`GET /v1/search?${query}`, [200, { data: hits, meta: { total } }]);
}

const field = () => screen.getByRole("searchbox", { name: "Search" });

it("searches a moment after the typing, keeps the words in the address, and opens by keyboard", async () => {
  answer("q=tent&page=1&pageSize=20", [hit("m1", { conversation: "c1" }), hit("m2", { conversation: "c2" })]);
  render(<Screen />);

  await userEvent.type(field(), "tent");
  await screen.findByText("2 results");
  expect(location.hash).toBe("#/search/all/tent");
  expect(server.asked).toHaveLength(1);
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");

  expect(currentPlace().conversation).toBe("c2");
});

it("looks in one kind only when asked to", async () => {
  answer("q=tent&page=1&pageSize=20", []);
  answer("q=tent&page=1&pageSize=20&types=note", [hit("n1", { kind: "note", snippet: "In the van" })]);
  render(<Screen />);
  await userEvent.type(field(), "tent");
  await screen.findByText("Nothing matches “tent”");

  await userEvent.click(screen.getByRole("button", { name: "Notes" }));

  expect(await screen.findByText("In the van")).toBeTruthy();
});

it("shows more when there is more", async () => {
  answer("q=tent&page=1&pageSize=20", [hit("m1", { snippet: "The first" })], 2);
  answer("q=tent&page=2&pageSize=20", [hit("m2", { snippet: "The second" })], 2);
  render(<Screen />);
  await userEvent.type(field(), "tent");

  await userEvent.click(await screen.findByRole("button", { name: "Show more" }));

  expect(await screen.findByText("The second")).toBeTruthy();
  expect(screen.getByText("The first")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});

it("says why it failed, and tries again", async () => {
  server.on("GET /v1/search?q=tent&page=1&pageSize=20", refusal(503, "Busy"));
  render(<Screen />);
  await userEvent.type(field(), "tent");
  expect((await screen.findByRole("alert")).textContent).toContain("Busy");

  answer("q=tent&page=1&pageSize=20", [hit("m1", { snippet: "There it is" })]);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));

  expect(await screen.findByText("There it is")).toBeTruthy();
});

it("opens a customer beside their latest conversation", async () => {
  answer("q=maya&page=1&pageSize=20", [hit("k1", { kind: "customer", title: "Maya" })]);
  server.on("GET /v1/customers/k1/conversations?page=1&pageSize=1", [
    200,
    { data: [{ type: "conversation", id: "c7", attributes: {} }] },
  ]);
  render(<Screen />);
  await userEvent.type(field(), "maya");

  await userEvent.click(await screen.findByRole("link", { name: /Customer: Maya/ }));

  await waitFor(() =>
    expect(useNavigation.getState().route).toMatchObject({ conversation: "c7", pane: "customer" }),
  );
});

it("opens one who never wrote by themselves", async () => {
  answer("q=maya&page=1&pageSize=20", [hit("k1", { kind: "customer", title: "Maya" })]);
  server.on("GET /v1/customers/k1/conversations?page=1&pageSize=1", [200, { data: [] }]);
  render(<Screen />);
  await userEvent.type(field(), "maya");

  await userEvent.click(await screen.findByRole("link", { name: /Customer: Maya/ }));

  await waitFor(() => expect(useNavigation.getState().route).toEqual({ screen: "customer", id: "k1" }));
});

it("looks with one customer alone until everybody is wanted", async () => {
  server.on("GET /v1/customers/k1", resource("customer", "k1", { displayName: "Maya" }));
  answer("q=tent&page=1&pageSize=20&customer=k1", [
    hit("m1", { snippet: "Hers", customer: { id: "k1", displayName: "Maya" } }),
  ]);
  answer("q=tent&page=1&pageSize=20", [hit("m2", { snippet: "Anybody's" })]);
  goToSearch("tent", { customer: "k1" });
  render(<Screen />);
  expect(await screen.findByText("Hers")).toBeTruthy();
  expect(await screen.findByText("Only with Maya")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Customers" })).toBeNull();

  await userEvent.click(screen.getByRole("button", { name: "Look with everybody" }));

  expect(await screen.findByText("Anybody's")).toBeTruthy();
  expect(location.hash).toBe("#/search/all/tent");
});

it("says that the customer is gone, and leads to everybody", async () => {
  server.on("GET /v1/search?q=tent&page=1&pageSize=20&customer=k1", refusal(404, "notfound"));
  answer("q=tent&page=1&pageSize=20", [hit("m2", { snippet: "Anybody's" })]);
  goToSearch("tent", { customer: "k1" });
  render(<Screen />);
  expect((await screen.findByRole("alert")).textContent).toContain("This customer is not there");

  await userEvent.click(
    within(screen.getByRole("alert")).getByRole("button", { name: "Look with everybody" }),
  );

  expect(await screen.findByText("Anybody's")).toBeTruthy();
});

it("opens a company by itself", async () => {
  answer("q=ald&page=1&pageSize=20", [hit("a1", { kind: "company", title: "Alder", customers: 3 })]);
  render(<Screen />);
  await userEvent.type(field(), "ald");

  const found = await screen.findByRole("link", { name: /Company: Alder.*3 customers/ });
  await userEvent.click(found);

  expect(useNavigation.getState().route).toEqual({ screen: "company", id: "a1" });
});

it("leads back to where one was with Escape", async () => {
  go({ ...HOME, list: "done", conversation: "c3" });
  goToSearch("");
  render(<Screen />);

  await userEvent.type(field(), "{Escape}");

  expect(useNavigation.getState().route).toMatchObject({ screen: "inbox", list: "done", conversation: "c3" });
});
