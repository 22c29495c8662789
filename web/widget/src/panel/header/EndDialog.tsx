import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { usePanel } from "../context.ts";

/** Ending cannot be undone by the visitor, so it is asked once. */
export function EndDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { view } = usePanel();
  const dialog = useRef<HTMLDialogElement>(null);
  const state = useSignal<"asking" | "ending" | "failed">("asking");

  useEffect(() => dialog.current?.showModal(), []);

  const end = async () => {
    state.value = "ending";
    try {
      await view.chat.end(id);
      dialog.current?.close();
    } catch {
      state.value = "failed";
    }
  };

  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="end-question" onClose={onClose}>
      <h2 id="end-question">{view.say("endQuestion")}</h2>
      <p>{view.say("endExplained")}</p>
      {state.value === "failed" && (
        <p class="dialog__failure" role="alert">
          {view.say("endFailed")}
        </p>
      )}
      <div class="dialog__buttons">
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {view.say("cancel")}
        </button>
        <button
          type="button"
          class="button button--primary"
          disabled={state.value === "ending"}
          onClick={() => void end()}
        >
          {view.say("endConfirm")}
        </button>
      </div>
    </dialog>
  );
}
