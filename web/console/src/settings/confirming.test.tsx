import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { api } from "../api/api.ts";
import { ApiServer, refusal, resource } from "../api/testing.ts";
import { NotConfirmed, useConfirmed } from "./confirming.tsx";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
});

afterEach(() => vi.unstubAllGlobals());

function Door({ onOutcome }: { onOutcome: (outcome: unknown) => void }) {
  const { confirmed, sheet } = useConfirmed();
  const act = () =>
    void confirmed(() => api.post("/v1/thing", {})).then(
      () => onOutcome("done"),
      (error: unknown) => onOutcome(error),
    );
  return (
    <>
      <button type="button" onClick={act}>
        Act
      </button>
      {sheet}
    </>
  );
}

function open() {
  const outcomes: unknown[] = [];
  render(<Door onOutcome={(outcome) => outcomes.push(outcome)} />);
  return outcomes;
}

it("asks for the password where the server does, and then does it", async () => {
  let isConfirmed = false;
  server.on("POST /v1/thing", () =>
    isConfirmed ? resource("thing", "1", {}) : refusal(403, "confirmation_needed"),
  );
  server.on("PUT /v1/auth/tokens/current", ({ body }) => {
    isConfirmed = (body as { password: string }).password === "right";
    return isConfirmed ? resource("auth_token", "1", {}) : refusal(401);
  });
  const outcomes = open();
  await userEvent.click(screen.getByRole("button", { name: "Act" }));

  const field = await screen.findByLabelText("Password");
  await userEvent.type(field, "wrong{Enter}");
  await screen.findByText("This is not your password.");
  await userEvent.clear(field);
  await userEvent.type(field, "right{Enter}");

  await waitFor(() => expect(outcomes).toEqual(["done"]));
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("does nothing for one who would rather not give it", async () => {
  server.on("POST /v1/thing", refusal(403, "confirmation_needed"));
  const outcomes = open();
  await userEvent.click(screen.getByRole("button", { name: "Act" }));

  await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));

  await waitFor(() => expect(outcomes).toHaveLength(1));
  expect(outcomes[0]).toBeInstanceOf(NotConfirmed);
  expect(server.bodies("POST /v1/thing")).toHaveLength(1);
});

it("asks nothing when the server does not", async () => {
  server.on("POST /v1/thing", resource("thing", "1", {}));
  const outcomes = open();

  await userEvent.click(screen.getByRole("button", { name: "Act" }));

  await waitFor(() => expect(outcomes).toEqual(["done"]));
});
