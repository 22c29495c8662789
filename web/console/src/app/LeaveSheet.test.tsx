import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, expect, it } from "vitest";

import { forgetUnsaved, startGuardingTab, stay } from "../navigation/leaving.ts";
import { go, goToSettings, startNavigation, useNavigation } from "../navigation/navigation.ts";
import { formatRoute, HOME } from "../navigation/route.ts";
import { Sheet } from "../picker/Sheet.tsx";
import { signOut } from "../session/sign-out.ts";
import { useUnsaved } from "../settings/use-unsaved.ts";
import { LeaveSheet } from "./LeaveSheet.tsx";

let stops: (() => void)[] = [];

beforeEach(() => {
  go({ screen: "settings", path: ["routing", "rules", "new"] });
  stops = [startNavigation(), startGuardingTab()];
});

afterEach(() => {
  for (const stop of stops) stop();
  forgetUnsaved();
  stay();
  go(HOME);
});

function Form() {
  const [name, setName] = useState("");
  useUnsaved({ name });
  return <input aria-label="Name" value={name} onChange={(event) => setName(event.target.value)} />;
}

function NewSkill() {
  const [isOpen, setOpen] = useState(true);
  return isOpen ? (
    <Sheet title="New skill" anchor={null} onClose={() => setOpen(false)}>
      <form className="sheet-form">
        <input aria-label="Skill" />
      </form>
    </Sheet>
  ) : null;
}

function opened(): void {
  render(
    <>
      <Form />
      <LeaveSheet />
    </>,
  );
}

function place(): string {
  return formatRoute(useNavigation.getState().route);
}

const isAsked = () => screen.queryByRole("dialog", { name: "Leave without saving?" }) !== null;

it("asks before a form that was begun is left, and stays where one says so", async () => {
  opened();
  await userEvent.type(screen.getByLabelText("Name"), "Tents");

  goToSettings("slas");
  await userEvent.click(await screen.findByRole("button", { name: "Stay here" }));

  expect(place()).toBe("#/settings/routing/rules/new");
  expect(isAsked()).toBe(false);
});

it("goes where one wanted once one says that it may be lost", async () => {
  opened();
  await userEvent.type(screen.getByLabelText("Name"), "Tents");

  goToSettings("slas");
  await userEvent.click(await screen.findByRole("button", { name: "Discard it" }));

  expect(place()).toBe("#/settings/slas");
});

it("asks after a link too, with the address put back", async () => {
  opened();
  await userEvent.type(screen.getByLabelText("Name"), "Tents");

  location.hash = "#/settings/slas";

  await waitFor(() => expect(isAsked()).toBe(true));
  expect(location.hash).toBe("#/settings/routing/rules/new");
  await userEvent.click(screen.getByRole("button", { name: "Discard it" }));
  await waitFor(() => expect(place()).toBe("#/settings/slas"));
});

it("asks nothing where nothing was filled in, or all of it taken out again", async () => {
  opened();
  await userEvent.type(screen.getByLabelText("Name"), "T{Backspace}");

  goToSettings("slas");

  expect(isAsked()).toBe(false);
  expect(place()).toBe("#/settings/slas");
});

it("asks before one signs out", async () => {
  opened();
  await userEvent.type(screen.getByLabelText("Name"), "Tents");

  await signOut();

  await waitFor(() => expect(isAsked()).toBe(true));
});

it("holds the tab while something is filled in", async () => {
  const closing = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  opened();
  expect(closing()).toBe(false);

  await userEvent.type(screen.getByLabelText("Name"), "Tents");

  expect(closing()).toBe(true);
});

it.each([
  ["Escape", (sheet: HTMLElement) => fireEvent(sheet, new Event("cancel", { cancelable: true }))],
  ["a press beside it", (sheet: HTMLElement) => fireEvent.mouseDown(sheet)],
])(
  "asks before %s closes a sheet whose form was begun, and keeps what is on the page",
  async (_, dismiss) => {
    render(
      <>
        <Form />
        <NewSkill />
        <LeaveSheet />
      </>,
    );
    await userEvent.type(screen.getByLabelText("Name"), "Tents");
    await userEvent.type(screen.getByLabelText("Skill"), "Mending");

    dismiss(screen.getByRole("dialog", { name: "New skill" }));
    await userEvent.click(await screen.findByRole("button", { name: "Discard it" }));
    expect(screen.queryByRole("dialog", { name: "New skill" })).toBeNull();
    goToSettings("slas");

    await waitFor(() => expect(isAsked()).toBe(true));
  },
);
