import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { undoLatest, useToasts } from "../toast/toast.ts";
import { knowLink, linkOf, putTo, takeFrom } from "./links.ts";

const PATH = "/v1/conversations/c1/kobjects/o1";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  knowLink("o1", null);
  useToasts.setState({ toasts: [] });
  server.on(`PUT ${PATH}`, resource("conversation", "c1", {}));
  server.on(`DELETE ${PATH}`, resource("conversation", "c1", {}));
});

afterEach(() => vi.unstubAllGlobals());

it("shows at once that the conversation is about it, and takes that back", async () => {
  const putting = putTo("o1", "c1");
  expect(linkOf("o1")).toBe("c1");
  await putting;

  undoLatest();

  await vi.waitFor(() => expect(server.bodies(`DELETE ${PATH}`)).toHaveLength(1));
  expect(linkOf("o1")).toBeNull();
});

it("goes back to where it was when putting it here is taken back", async () => {
  knowLink("o1", "c9");
  server.on("PUT /v1/conversations/c9/kobjects/o1", resource("conversation", "c9", {}));
  await putTo("o1", "c1");

  undoLatest();

  await vi.waitFor(() => expect(linkOf("o1")).toBe("c9"));
});

it("stays where it was when the server refuses", async () => {
  server.on(`PUT ${PATH}`, refusal(409, "klass_closed"));

  await putTo("o1", "c1");

  expect(linkOf("o1")).toBeNull();
  expect(useToasts.getState().toasts.map(({ tone }) => tone)).toEqual(["problem"]);
});

it("is content when somebody else has taken it from the conversation already", async () => {
  knowLink("o1", "c1");
  server.on(`DELETE ${PATH}`, refusal(404, "notfound"));

  await takeFrom("o1", "c1");

  expect(linkOf("o1")).toBeNull();
  expect(useToasts.getState().toasts).toEqual([]);
});
