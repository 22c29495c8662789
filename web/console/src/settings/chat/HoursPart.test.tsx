import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../../api/testing.ts";
import { ChatPage } from "./ChatPage.tsx";

const SCHEDULES = "GET /v1/schedules?page=1&pageSize=100";
const OFFICE = { type: "schedule", id: "s1", attributes: { name: "Office", default: true } };
const NIGHT = { type: "schedule", id: "s2", attributes: { name: "Night", default: false } };

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on("GET /v1/chat/settings", resource("chat_settings", "o", { teamName: "Fernweh" }));
  server.on("PUT /v1/chat/settings", resource("chat_settings", "o", { teamName: "Fernweh" }));
  server.on(SCHEDULES, [200, { data: [OFFICE, NIGHT] }]);
});

afterEach(() => vi.unstubAllGlobals());

it("chooses what visitors read of the hours, whose they are, and what is said while closed", async () => {
  render(<ChatPage />);

  await userEvent.selectOptions(
    await screen.findByLabelText("What visitors read"),
    "When, and a message while closed",
  );
  await userEvent.selectOptions(await screen.findByLabelText("Whose hours"), "Night");
  fireEvent.change(screen.getByLabelText("While you are closed"), { target: { value: "We sleep." } });
  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() =>
    expect(server.bodies("PUT /v1/chat/settings")).toEqual([
      { offhoursDisplay: "offline", offhoursMessage: "We sleep.", businessScheduleId: "s2" },
    ]),
  );
});

it("says that there are no hours to tell", async () => {
  server.on(SCHEDULES, [200, { data: [] }]);
  render(<ChatPage />);

  await userEvent.selectOptions(await screen.findByLabelText("What visitors read"), "When you are open");

  const link = await screen.findByRole("link", { name: "Set them" });
  expect(link.getAttribute("href")).toBe("#/settings/schedules/new");
});
