import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { ConversationRows } from "./ConversationRows.tsx";

it("is no list to choose from where nothing is in it, says so, and looks further all the same", () => {
  const more = vi.fn();

  render(
    <ConversationRows
      label="All open"
      ids={[]}
      open={null}
      showsAssignee={false}
      isComplete={false}
      onNearEnd={more}
    >
      <p>Nothing here matches.</p>
    </ConversationRows>,
  );

  expect(screen.queryByRole("listbox")).toBeNull();
  expect(screen.getByRole("status").textContent).toBe("Nothing here matches.");
  expect(more).toHaveBeenCalled();
});
