import { render, screen } from "@testing-library/react";
import { lazy } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { useToasts } from "../toast/toast.ts";
import { Fetched } from "./Fetched.tsx";

beforeEach(() => {
  useToasts.setState({ toasts: [] });
  // React says on the console what it caught.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterEach(() => vi.restoreAllMocks());

it("keeps the rest of the screen when a part of the program is no longer there", async () => {
  const Gone = lazy(() => Promise.reject(new TypeError("Failed to fetch dynamically imported module")));
  const onFailed = vi.fn();
  render(
    <>
      <p>What I was writing</p>
      <Fetched onFailed={onFailed}>
        <Gone />
      </Fetched>
    </>,
  );

  await vi.waitFor(() => expect(onFailed).toHaveBeenCalledOnce());
  expect(screen.getByText("What I was writing")).toBeTruthy();
  expect(useToasts.getState().toasts[0]?.action?.label).toBe("Reload");
});
