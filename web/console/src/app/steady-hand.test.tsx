import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { startSteadyHand } from "./steady-hand.ts";

let stop: () => void;

beforeEach(() => {
  stop = startSteadyHand();
});

afterEach(() => stop());

/** One after the other, each with its own button at the same place. */
function Conversations({ onDone }: { onDone: (id: number) => void }) {
  const [id, setId] = useState(1);
  const done = () => {
    onDone(id);
    setId(id + 1);
  };
  return (
    <button key={id} type="button" onClick={done}>
      Done
    </button>
  );
}

function press(detail: number): void {
  fireEvent.click(screen.getByRole("button"), { detail });
}

it("is done with one conversation by a double click, and not with the next", () => {
  const onDone = vi.fn();
  render(<Conversations onDone={onDone} />);

  press(1);
  press(2);

  expect(onDone.mock.calls).toEqual([[1]]);
});

it("takes two clicks for two", () => {
  const onDone = vi.fn();
  render(<Conversations onDone={onDone} />);

  press(1);
  press(1);

  expect(onDone.mock.calls).toEqual([[1], [2]]);
});

it("lets a button that stays be pressed twice", () => {
  const onPress = vi.fn();
  render(
    <button type="button" onClick={onPress}>
      Next
    </button>,
  );

  press(1);
  press(2);

  expect(onPress).toHaveBeenCalledTimes(2);
});
