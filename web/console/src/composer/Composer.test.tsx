import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, currentDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { openOutbox, useOutbox } from "../live/outbox.ts";
import { useSession } from "../session/session.ts";
import { useToasts } from "../toast/toast.ts";
import { loadFileLimits } from "./attachments.ts";
import { Composer } from "./Composer.tsx";
import { useComposer } from "./composer.ts";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

let asked: Asked[] = [];
let answers: Record<string, [status: number, body: unknown]> = {};

beforeEach(() => {
  localStorage.clear();
  asked = [];
  answers = {};
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const method = init.method ?? "GET";
    asked.push({ method, path, body: init.body === undefined ? undefined : JSON.parse(String(init.body)) });
    const [status, body] = answers[`${method} ${path}`] ?? [
      404,
      { errors: [{ status: 404, code: "notfound", title: "Not found" }] },
    ];
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  });
  useSession.setState({
    state: "in",
    me: { id: ME, displayName: "Ana", email: "ana@shop.example", isAdmin: false },
  });
  useComposer.setState({ drafts: new Map() });
  useToasts.setState({ toasts: [] });
  replaceDesk(emptyDesk(ME));
  openOutbox(ME);
});

afterEach(() => vi.unstubAllGlobals());

/** Each test has its own conversation: drafts are remembered for as long as the page. */
let number = 0;
function open(over: Parameters<typeof aConversation>[0] = {}) {
  number += 1;
  const id = `c${number}`;
  changeDesk((desk) => confirm(desk, aConversation({ id, ...over })));
  render(<Composer conversation={id} />);
  return { id, field: screen.getByRole("textbox"), draftPath: `/v1/conversations/${id}/drafts/current` };
}

const sent = () =>
  useOutbox.getState().entries.map(({ conversation, kind, body }) => ({ conversation, kind, body }));

describe("the composer", () => {
  it("sends a reply with the modifier and Enter, and is empty again at once", async () => {
    const { id, field } = open();
    await userEvent.type(field, "Hello Maya{Enter}how are you?");
    expect(sent()).toEqual([]);
    await userEvent.type(field, "{Control>}{Enter}{/Control}");
    expect(sent()).toEqual([{ conversation: id, kind: "message", body: "Hello Maya\nhow are you?" }]);
    expect(field).toHaveProperty("value", "");
  });

  it("says plainly when it is a note, and stays one", async () => {
    const { field } = open();
    await userEvent.click(screen.getByRole("button", { name: "Note" }));
    expect(screen.getByRole("textbox", { name: "Note. Only your team sees this." })).toBe(field);
    expect(screen.queryByRole("button", { name: "Send" })).toBeNull();
    await userEvent.type(field, "psst");
    await userEvent.click(screen.getByRole("button", { name: "Add note" }));
    expect(sent()).toMatchObject([{ kind: "note", body: "psst" }]);
    expect(screen.getByRole("button", { name: "Note", pressed: true })).toBeTruthy();
  });

  it("gives the focus back to the field where its button was pressed by key", async () => {
    const { field } = open();
    await userEvent.type(field, "Hello");
    screen.getByRole("button", { name: "Send" }).focus();
    await userEvent.keyboard("{Enter}");
    expect(sent()).toMatchObject([{ body: "Hello" }]);
    expect(document.activeElement).toBe(field);
  });

  it("sends nothing that is only space", async () => {
    const { field } = open();
    await userEvent.type(field, "   {Control>}{Enter}{/Control}");
    expect(sent()).toEqual([]);
  });

  it("writes notes alone where the chat has ended", async () => {
    const { id, field } = open({ ended: true });
    expect(screen.getByRole("button", { name: "Reply" })).toHaveProperty("disabled", true);
    await userEvent.type(field, "They left{Control>}{Enter}{/Control}");
    expect(sent()).toEqual([{ conversation: id, kind: "note", body: "They left" }]);
  });

  it("writes notes alone where email goes out from nowhere, and leads to the chat they are in", async () => {
    changeDesk((desk) => confirm(desk, aConversation({ id: "chat-beside", customer: "k7" })));
    const { id, field } = open({ channel: "email", customer: "k7" });
    expect(screen.getByText(/Kithdesk sends no email yet/u)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Reply" })).toHaveProperty("disabled", true);
    await userEvent.type(field, "Answered from Outlook{Control>}{Enter}{/Control}");
    expect(sent()).toEqual([{ conversation: id, kind: "note", body: "Answered from Outlook" }]);
    await userEvent.click(screen.getByRole("button", { name: "Go to their chat" }));
    expect(location.hash).toContain("chat-beside");
  });

  it("offers no chat to a customer who is in none", () => {
    open({ channel: "email", customer: "k8" });
    expect(screen.queryByRole("button", { name: "Go to their chat" })).toBeNull();
  });

  it("keeps a reply that was begun before the chat ended, and says why it is not sent", async () => {
    const { id, field } = open();
    await userEvent.type(field, "One more thing");
    act(() => changeDesk((desk) => confirm(desk, aConversation({ id, ended: true, position: 1 }))));
    expect(screen.getByRole("button", { name: "Send" })).toHaveProperty("disabled", true);
    await userEvent.type(field, "{Control>}{Enter}{/Control}");
    expect(sent()).toEqual([]);
    expect(field).toHaveProperty("value", "One more thing");
    expect(useToasts.getState().toasts).toHaveLength(1);
  });

  it("keeps the draft in this browser at once, and on the server soon", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { id, field, draftPath } = open();
    answers[`PUT ${draftPath}`] = [200, { data: { type: "draft", id: "d", attributes: { revision: 1 } } }];
    fireEvent.change(field, { target: { value: "Half a sentence" } });
    expect(localStorage.getItem(`kithdesk.unsent.${ME}.draft.${id}`)).toContain("Half a sentence");
    await vi.advanceTimersByTimeAsync(1000);
    // An earlier test's draft may be saved at this moment too.
    const puts = () => asked.filter(({ method, path }) => method === "PUT" && path === draftPath);
    expect(puts()).toMatchObject([{ body: { kind: "message", body: "Half a sentence", attachments: [] } }]);
    expect(localStorage.getItem(`kithdesk.unsent.${ME}.draft.${id}`)).toBeNull();
    fireEvent.change(field, { target: { value: "Half a sentence, and more" } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(puts().at(-1)?.body).toMatchObject({ revision: 1 });
    vi.useRealTimers();
  });

  it("keeps the draft here for as long as the server does not take it", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { id, field, draftPath } = open();
    answers[`PUT ${draftPath}`] = [503, { errors: [{ status: 503, code: "overloaded", title: "Busy" }] }];
    fireEvent.change(field, { target: { value: "Not lost" } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(localStorage.getItem(`kithdesk.unsent.${ME}.draft.${id}`)).toContain("Not lost");
    vi.useRealTimers();
  });

  it("brings a draft back, unless something new was typed meanwhile", async () => {
    number += 1;
    answers[`GET /v1/conversations/c${number}/drafts/current`] = [
      200,
      {
        data: {
          type: "draft",
          id: "d",
          attributes: { kind: "note", body: "From yesterday", attachments: [], revision: 4 },
        },
      },
    ];
    number -= 1;
    const { field } = open();
    await waitFor(() => expect(field).toHaveProperty("value", "From yesterday"));
    expect(screen.getByRole("button", { name: "Note", pressed: true })).toBeTruthy();
  });

  it("sends without a file that did not arrive, and keeps it to be sent again", async () => {
    answers["POST /v1/attachments"] = [503, { errors: [{ status: 503, code: "overloaded", title: "Busy" }] }];
    const { id, field } = open();
    const picker = document.querySelector<HTMLInputElement>("input[type=file]") as HTMLInputElement;
    await userEvent.upload(picker, new File(["abc"], "plan.pdf"));
    await screen.findByRole("button", { name: "Send plan.pdf again" });

    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    expect(sent()).toEqual([]);
    await userEvent.type(field, "Here it is");
    await userEvent.click(screen.getByRole("button", { name: "Send" }));

    expect(sent()).toEqual([{ conversation: id, kind: "message", body: "Here it is" }]);
    expect(screen.getByRole("button", { name: "Send plan.pdf again" })).toBeTruthy();
    expect(useToasts.getState().toasts.at(-1)?.text).toContain("Sent without the file");
  });

  it("refuses a file that is too large, by name", async () => {
    answers["GET /c/v1/chat/settings?key=wk"] = [
      200,
      { data: { type: "s", id: "o", attributes: { attachments: { maxBytes: 5_000_000 } } } },
    ];
    await loadFileLimits("wk");
    const { id } = open();
    const file = new File([new Uint8Array(10)], "film.mp4");
    Object.defineProperty(file, "size", { value: 6_000_000 });
    const picker = document.querySelector<HTMLInputElement>("input[type=file]") as HTMLInputElement;
    await userEvent.upload(picker, file);
    expect(useToasts.getState().toasts[0]?.text).toContain("film.mp4");
    expect(useComposer.getState().drafts.get(id)?.uploads ?? []).toEqual([]);
    expect(currentDesk().me).toBe(ME);
  });
});
