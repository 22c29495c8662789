import { CornerDownLeft, Lock, MessageSquareText, Paperclip, SendHorizontal } from "lucide-react";
import {
  type ChangeEvent,
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  useEffect,
  useRef,
  useState,
} from "react";

import { offerFocus } from "../app/focus.ts";
import { markDone } from "../conversation/actions.ts";
import { Colleagues } from "../conversation/Colleagues.tsx";
import { finish } from "../conversation/finish.ts";
import { useDesk } from "../desk/store.ts";
import { canBeAnswered } from "../desk/types.ts";
import { modifierLabel } from "../keyboard/keys.ts";
import { openConversation } from "../navigation/navigation.ts";
import { addFiles, openDraft, sendDraft, setBody, setKind, useDraft, whyNot } from "./composer.ts";
import { type Draft, isEmpty } from "./draft.ts";
import { words } from "./en.ts";
import { startTyping, stopTyping } from "./typing.ts";
import { Uploads } from "./Uploads.tsx";
import { useGrowing } from "./use-growing.ts";
import "./composer.css";

const LONGEST_PLACEHOLDER_NAME = 22;

/** Where the agent writes: to the customer, or a note among themselves. The two never look alike. */
export function Composer({ conversation }: { conversation: string }) {
  const draft = useDraft(conversation);
  const customer = useDesk((desk) => desk.conversations.get(conversation)?.customerName) ?? "";
  const reason = useDesk((desk) => whyNot(desk.conversations.get(conversation)));
  const [isDropping, setDropping] = useState(false);
  const field = useGrowing(draft.body);
  const isNote = draft.kind === "note";
  useEffect(() => {
    void openDraft(conversation);
    return () => stopTyping(conversation);
  }, [conversation]);
  useEffect(() => offerFocus("composer", () => field.current?.focus()), [field]);

  const submit = () => sendDraft(conversation);
  const submitAndDone = () => {
    if (submit()) finish(conversation, () => markDone(conversation));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      if (event.shiftKey) submitAndDone();
      else submit();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      field.current?.blur();
    }
  };
  const onChange = (event: ChangeEvent<HTMLTextAreaElement>) => {
    setBody(conversation, event.target.value);
    // What is written among agents is not announced to the customer.
    if (isNote || event.target.value === "") stopTyping(conversation);
    else startTyping(conversation);
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    addFiles(conversation, event.clipboardData.files);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    addFiles(conversation, event.dataTransfer.files);
  };

  return (
    <section
      className={`composer composer--${draft.kind} ${isDropping ? "composer--dropping" : ""}`}
      aria-label={isNote ? words.noteLabel : words.replyLabel(customer)}
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={onDrop}
    >
      <div className="composer__box">
        <div className="composer__head">
          <KindSwitch
            conversation={conversation}
            kind={draft.kind}
            canReply={reason === null}
            onChosen={() => field.current?.focus()}
          />
          <Colleagues conversation={conversation} />
        </div>
        <textarea
          ref={field}
          className="composer__field"
          dir="auto"
          rows={1}
          aria-label={isNote ? words.noteLabel : words.replyLabel(customer)}
          placeholder={isNote ? words.notePlaceholder : words.replyPlaceholder(shortened(customer))}
          value={draft.body}
          onChange={onChange}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => stopTyping(conversation)}
        />
        <Uploads conversation={conversation} uploads={draft.uploads} />
        {reason !== null && (
          <p className="composer__ended">
            {isNote ? words.notesOnly[reason] : words.unanswerable[reason]}{" "}
            {reason === "email" && <TheirChat conversation={conversation} />}
          </p>
        )}
        <Foot
          conversation={conversation}
          draft={draft}
          canSend={!isEmpty(draft) && (isNote || reason === null)}
          onSend={submit}
          onSendAndDone={submitAndDone}
        />
        {isDropping && (
          <p className="composer__drop" aria-hidden="true">
            {words.dropHere}
          </p>
        )}
      </div>
    </section>
  );
}

/** Where the customer can be answered at once, when they are in a chat as well. */
function TheirChat({ conversation }: { conversation: string }) {
  const chat = useDesk(({ conversations }) => {
    const customer = conversations.get(conversation)?.customer;
    for (const one of conversations.values()) {
      if (one.customer === customer && one.status === "open" && canBeAnswered(one)) return one.id;
    }
    return null;
  });
  if (chat === null) return null;
  return (
    <button type="button" className="text-button" onClick={() => openConversation(chat)}>
      {words.theirChat}
    </button>
  );
}

/** What does not fit beside "Reply to" on a phone would make the empty field higher. */
function shortened(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST_PLACEHOLDER_NAME
    ? `${letters.slice(0, LONGEST_PLACEHOLDER_NAME).join("")}…`
    : name;
}

interface KindSwitchProps {
  conversation: string;
  kind: Draft["kind"];
  canReply: boolean;
  onChosen: () => void;
}

function KindSwitch({ conversation, kind, canReply, onChosen }: KindSwitchProps) {
  const choose = (chosen: Draft["kind"]) => {
    setKind(conversation, chosen);
    onChosen();
  };
  return (
    <fieldset className="kinds">
      <legend className="sr-only">{words.kinds}</legend>
      <button
        type="button"
        className="kinds__kind"
        aria-pressed={kind === "message"}
        aria-keyshortcuts="r"
        disabled={!canReply && kind === "note"}
        onClick={() => choose("message")}
      >
        <MessageSquareText size={13} aria-hidden="true" />
        {words.reply}
      </button>
      <button
        type="button"
        className="kinds__kind kinds__kind--note"
        aria-pressed={kind === "note"}
        aria-keyshortcuts="n"
        onClick={() => choose("note")}
      >
        <Lock size={12} aria-hidden="true" />
        {words.note}
      </button>
    </fieldset>
  );
}

interface FootProps {
  conversation: string;
  draft: Draft;
  canSend: boolean;
  onSend: () => void;
  onSendAndDone: () => void;
}

function Foot({ conversation, draft, canSend, onSend, onSendAndDone }: FootProps) {
  const picker = useRef<HTMLInputElement>(null);
  const isNote = draft.kind === "note";
  const keys = `${modifierLabel()}${modifierLabel() === "⌘" ? "" : "+"}Enter`;
  return (
    <div className="composer__foot">
      <input
        ref={picker}
        className="sr-only"
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          addFiles(conversation, event.target.files ?? []);
          event.target.value = "";
        }}
      />
      <button
        type="button"
        className="icon-button"
        aria-label={words.attach}
        title={words.attach}
        onClick={() => picker.current?.click()}
      >
        <Paperclip size={16} aria-hidden="true" />
      </button>
      <span className="composer__hint">{canSend ? words.hint(keys) : ""}</span>
      {!isNote && (
        <button
          type="button"
          className="icon-button"
          aria-label={words.sendAndDone}
          title={`${words.sendAndDone} (${modifierLabel()} Shift Enter)`}
          disabled={!canSend}
          onClick={onSendAndDone}
        >
          <CornerDownLeft size={16} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        className={`button button--primary ${isNote ? "button--note" : ""}`}
        title={keys}
        disabled={!canSend}
        onClick={onSend}
      >
        {isNote ? <Lock size={14} aria-hidden="true" /> : <SendHorizontal size={15} aria-hidden="true" />}
        {isNote ? words.sendNote : words.send}
      </button>
    </div>
  );
}
