import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { Comparison } from "./Comparison.tsx";
import type { Measured, Outcome } from "./simulations.ts";

const NOBODY: Measured = {
  id: "",
  name: "",
  arrivals: 0,
  served: 0,
  gaveUp: 0,
  stillWaiting: 0,
  wait: { p50: null, p90: null, longest: null },
  kept: { met: 0, missed: 0 },
  series: { arrivals: [], waiting: [], wait: [], load: [], available: [] },
};

it("says so where nobody wrote, and draws no numbers of nothing", () => {
  const before = { bucketMs: 300_000, whole: NOBODY, queues: [], agents: [] };
  const outcome: Outcome = {
    agreement: { conversations: 0, same: 0 },
    refused: 0,
    troubles: 0,
    before,
    after: null,
  };

  render(<Comparison outcome={outcome} from={0} />);

  expect(screen.getByText("Nobody wrote in this period")).toBeDefined();
  expect(screen.queryByRole("table")).toBeNull();
});
