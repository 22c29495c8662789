import { act, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, it } from "vitest";

import { go, openConversation, startNavigation, useNavigation } from "../navigation/navigation.ts";
import { formatRoute, HOME } from "../navigation/route.ts";
import { Sheet } from "../picker/Sheet.tsx";
import { closeOverlay, openOverlay, startClosingOverlays, useOverlay } from "./overlay.ts";

let stops: (() => void)[] = [];

beforeEach(() => {
  stops = [startNavigation(), startClosingOverlays()];
  go(HOME);
  openConversation("tent");
});

afterEach(() => {
  for (const stop of stops) stop();
  closeOverlay();
  go(HOME);
});

const place = () => formatRoute(useNavigation.getState().route);
const opened = () => useOverlay.getState().overlay;

function One({ title }: { title: string }) {
  const [isOpen, setOpen] = useState(true);
  if (!isOpen) return null;
  return (
    <Sheet title={title} anchor={null} onClose={() => setOpen(false)}>
      {null}
    </Sheet>
  );
}

const isThere = (title: string) => screen.queryByRole("dialog", { name: title }) !== null;

it("closes what was opened for one conversation when another is gone to", () => {
  openOverlay("snooze");

  openConversation("stove");

  expect(opened()).toBeNull();
});

it("keeps what is open where one stays", () => {
  openOverlay("snooze");

  openConversation("tent");

  expect(opened()).toBe("snooze");
});

it("closes what is open when an address is followed", async () => {
  openOverlay("handoff");

  location.hash = "#/inbox/mine";

  await waitFor(() => expect(place()).toBe("#/inbox/mine"));
  expect(opened()).toBeNull();
});

it("closes the uppermost sheet with the back button and stays, then goes back", async () => {
  render(
    <>
      <One title="Below" />
      <One title="Above" />
    </>,
  );

  act(() => history.back());
  await waitFor(() => expect(isThere("Above")).toBe(false));
  await waitFor(() => expect(location.hash).toBe("#/inbox/mine/tent"));
  expect(isThere("Below")).toBe(true);
  expect(place()).toBe("#/inbox/mine/tent");

  act(() => history.back());
  await waitFor(() => expect(isThere("Below")).toBe(false));
  await waitFor(() => expect(location.hash).toBe("#/inbox/mine/tent"));

  act(() => history.back());
  await waitFor(() => expect(place()).toBe("#/inbox/mine"));
});
