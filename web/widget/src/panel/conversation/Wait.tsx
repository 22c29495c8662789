import { upcomingTime } from "@kithdesk/ui";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ChatWait } from "../../chat/shapes.ts";
import { usePanel } from "../context.ts";
import type { View } from "../view.ts";

const AGAIN_MS = 30_000;
const MINUTE_MS = 60_000;

/** While nobody has it: the visitor's place, when it opens again, and a way to be answered without staying. */
export function Wait({ id, last }: { id: string; last: string | undefined }) {
  const { view } = usePanel();
  const { api, conversations } = view.chat;
  const wait = useSignal<ChatWait | null>(null);
  const { status, assignee } = conversations.find(id) ?? {};
  const mayWait = view.open.value && last !== undefined && status === "open" && !assignee;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each message may have changed it.
  useEffect(() => {
    if (!mayWait) {
      wait.value = null;
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const ask = async () => {
      const found = await api.wait(id).catch(() => wait.value);
      if (isOver) return;
      wait.value = found;
      timer = setTimeout(ask, AGAIN_MS);
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [id, last, mayWait]);

  if (!mayWait || !wait.value || wait.value.position === null) return null;
  return (
    <aside class="wait">
      <p role="status">{lineOf(wait.value, view)}</p>
      {wait.value.form && <LeaveEmail id={id} onLeft={() => hide(wait)} />}
    </aside>
  );
}

function hide(wait: { value: ChatWait | null }): void {
  if (wait.value) wait.value = { ...wait.value, form: false };
}

function lineOf({ open, opensAt, position, expectedWait }: ChatWait, view: View): string {
  if (!open) {
    const when = opensAt && upcomingTime(opensAt, Date.now(), { locale: view.words.value.lang });
    return when ? view.say("closedUntil", { when }) : view.say("closed");
  }
  const minutes = expectedWait === null ? 0 : Math.max(1, Math.round(expectedWait / MINUTE_MS));
  const place = view.say("waitPlace", { count: position ?? 1 });
  return minutes ? `${place} ${view.say("waitMinutes", { count: minutes })}` : place;
}

/** The address is a claim like any other, and said in the conversation, where whoever answers reads it. */
function LeaveEmail({ id, onLeft }: { id: string; onLeft: () => void }) {
  const { view } = usePanel();
  const { chat } = view;
  const state = useSignal<"asking" | "sending" | "failed">("asking");
  const email = useSignal("");

  const leave = async (event: Event) => {
    event.preventDefault();
    state.value = "sending";
    try {
      await chat.api.describeCustomer({ emails: [{ email: email.value }] });
      chat.send({
        conversation: id,
        body: view.say("myEmail", { email: email.value }),
      });
      onLeft();
    } catch {
      state.value = "failed";
    }
  };

  return (
    <form class="wait__form" onSubmit={(event) => void leave(event)}>
      <input
        class="wait__email"
        type="email"
        required
        maxLength={254}
        autoComplete="email"
        aria-label={view.say("email")}
        placeholder={view.say("email")}
        value={email.value}
        onInput={(event) => {
          email.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="button" disabled={state.value === "sending"}>
        {view.say("leaveEmail")}
      </button>
      {state.value === "failed" && <p role="alert">{view.say("notSent")}</p>}
    </form>
  );
}
