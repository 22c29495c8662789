import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { usePanel } from "../context.ts";
import { Icon, IconButton } from "../icons.tsx";
import { Later } from "../later.tsx";

const LONGEST_PX = 140;

interface ComposerProps {
  id: string | null;
  lane: string;
}

/** Where the visitor writes. Enter sends, Shift+Enter starts a line; what is half written is kept. */
export function Composer({ id, lane }: ComposerProps) {
  const { view, files } = usePanel();
  const { chat, settings } = view;
  const text = useComputed(() => view.draftOf(lane));
  const dragging = useSignal(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const uploads = files.of(lane);
  const busy = uploads.some(({ state }) => state.value.step === "sending");
  const arrived = uploads.some(({ state }) => state.value.step === "done");
  const canSend = !busy && (text.value.trim() !== "" || arrived);

  // As tall as its text, up to a limit.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, LONGEST_PX)}px`;
  });

  // Only where the reader already is: a chat that was restored on a new page must not take the page's focus, and on
  // a phone a keyboard that opens by itself would hide what was said.
  const isWanted = view.open.value && (!view.phone.value || !id);
  useEffect(() => {
    const focus = () => {
      const nobodyElse = document.activeElement === document.body || !document.activeElement;
      if (isWanted && document.hasFocus() && nobodyElse) field.current?.focus();
    };
    focus();
    addEventListener("focus", focus);
    return () => removeEventListener("focus", focus);
  }, [isWanted]);

  const write = (value: string) => {
    view.draft(lane, value);
    if (id && value && settings.showTypingIndicatorCustomerWeb) chat.typingOut.pressed(id);
  };

  const send = () => {
    if (!canSend) return;
    const where = id ? { conversation: id } : { conversation: null, newConversation: lane };
    chat.send({ ...where, body: text.value.trim(), attachments: files.take(lane) });
    write("");
    field.current?.focus();
  };

  const choose = (list: FileList | null | undefined) => {
    if (settings.attachments.enabled) files.choose(lane, [...(list ?? [])]);
  };

  return (
    <form
      class={dragging.value ? "composer composer--dragging" : "composer"}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => {
        event.preventDefault();
        dragging.value = true;
      }}
      onDragLeave={() => {
        dragging.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        dragging.value = false;
        choose(event.dataTransfer?.files);
      }}
    >
      {uploads.length > 0 && (
        <Later>
          {({ UploadList }) => (
            <UploadList
              uploads={uploads}
              onRetry={(upload) => void files.start(upload)}
              onRemove={(upload) => files.drop(lane, upload)}
            />
          )}
        </Later>
      )}
      <div class="composer__row">
        {settings.attachments.enabled && (
          <>
            <IconButton icon="attach" label={view.say("attach")} onClick={() => picker.current?.click()} />
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              accept={settings.attachments.types.join(",")}
              onChange={({ currentTarget }) => {
                choose(currentTarget.files);
                currentTarget.value = "";
              }}
            />
          </>
        )}
        <textarea
          ref={field}
          class="composer__field"
          rows={1}
          dir="auto"
          enterkeyhint="send"
          aria-label={view.say("messageLabel")}
          placeholder={dragging.value ? view.say("dropFiles") : view.say("messagePlaceholder")}
          value={text.value}
          onInput={({ currentTarget }) => write(currentTarget.value)}
          onPaste={(event) => choose(event.clipboardData?.files)}
          onBlur={() => chat.typingOut.stop()}
          onKeyDown={(event) => {
            // An input method uses Enter to take its suggestion.
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button
          type="submit"
          class="composer__send"
          aria-label={view.say("send")}
          title={view.say("send")}
          disabled={!canSend}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
