import { render, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { offerFocus } from "../app/focus.ts";
import { rememberPlace } from "../inbox/position.ts";
import { currentPlace, go, openConversation } from "../navigation/navigation.ts";
import { HOME } from "../navigation/route.ts";
import { finish } from "./finish.ts";

let comeBack: () => void;

beforeEach(() => {
  go({ ...HOME, conversation: "c1" }, "replace");
  rememberPlace(["c1", "c2", "c3"], 0);
});

const finishes = (id: string) =>
  finish(id, (back) => {
    comeBack = back;
  });

it("goes on to the next, and comes back with what is taken back", () => {
  finishes("c1");
  expect(currentPlace().conversation).toBe("c2");

  comeBack();
  expect(currentPlace().conversation).toBe("c1");
});

it("comes back from the list, where it was the last", () => {
  rememberPlace(["c1"], 0);
  finishes("c1");
  expect(currentPlace().conversation).toBeNull();

  comeBack();
  expect(currentPlace().conversation).toBe("c1");
});

it("leaves alone whoever has gone on to something else", () => {
  finishes("c1");
  openConversation("c3");

  comeBack();

  expect(currentPlace().conversation).toBe("c3");
});

it("stays where it is when another conversation is finished", () => {
  finishes("c2");
  comeBack();

  expect(currentPlace().conversation).toBe("c1");
});

it("gives the keyboard to the list when what had it is gone", async () => {
  const focus = vi.fn();
  offerFocus("list", focus);
  const { unmount } = render(
    <section className="conversation">
      <button type="button">Done</button>
    </section>,
  );
  screen.getByRole("button").focus();

  finishes("c1");
  unmount();

  await vi.waitFor(() => expect(focus).toHaveBeenCalledOnce());
});
