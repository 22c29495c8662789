import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";

import { applyEvent } from "../desk/apply-event.ts";
import { confirmWhole, emptyDesk } from "../desk/desk.ts";
import { customerFromResource } from "../desk/reading.ts";
import { changeDesk, currentDesk, replaceDesk, useDesk } from "../desk/store.ts";
import { aConversation, ME, told } from "../desk/testing.ts";
import { SignedInFact } from "./SignedInFact.tsx";

beforeEach(() => replaceDesk(emptyDesk(ME)));

function Shown() {
  const conversation = useDesk((desk) => desk.conversations.get("c1"));
  return conversation === undefined ? null : <SignedInFact conversation={conversation} />;
}

function shows(signedIn: boolean | null, attributes: Record<string, unknown> = {}) {
  changeDesk((desk) => {
    confirmWhole(desk, aConversation({ id: "c1", customer: "k1", signedIn }));
    desk.customers.set("k1", customerFromResource({ type: "customer", id: "k1", attributes }));
  });
  render(<Shown />);
}

it("says nothing where nobody wrote who could sign in", () => {
  shows(null);

  expect(screen.queryByRole("button")).toBeNull();
});

it("says in words what it means, to a pointer, to the keyboard and aloud", async () => {
  shows(false, { identified: true });
  const mark = screen.getByRole("button", { name: "Not signed in here" });
  const means = screen.getByText(/not about the record/);
  expect(means.hidden).toBe(true);
  expect(mark.getAttribute("aria-describedby")).toBe(means.id);

  await userEvent.tab();
  expect(means.hidden).toBe(false);
  await userEvent.keyboard("{Escape}");
  expect(means.hidden).toBe(true);
  await userEvent.hover(mark);
  expect(means.hidden).toBe(false);
});

it("stands out on a record that is somebody's, and not on a visitor's own", () => {
  shows(false);
  expect(screen.getByRole("button").className).not.toContain("risky");

  act(() =>
    changeDesk((desk) =>
      desk.customers.set(
        "k1",
        customerFromResource({ type: "customer", id: "k1", attributes: { externalId: "u-1" } }),
      ),
    ),
  );

  expect(screen.getByRole("button").className).toContain("risky");
});

it("changes the moment the visitor signs in", () => {
  shows(false);
  const changes = { signedIn: { before: false, after: true } };
  const event = told("conversation.updated", {
    conversation: "c1",
    customer: "k1",
    changes,
    cause: "signed_in",
  });

  act(() => changeDesk((desk) => applyEvent(desk, event, desk.countsPosition + 10_000)));

  expect(screen.getByRole("button", { name: "Signed in here" })).toBeTruthy();
  expect(currentDesk().conversations.get("c1")?.signedIn).toBe(true);
});
