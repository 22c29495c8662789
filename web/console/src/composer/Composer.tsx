import { Lock, MessageSquareText } from "lucide-react";
import {
  type ChangeEvent,
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  useEffect,
  useState,
} from "react";

import { offerFocus } from "../app/focus.ts";
import { markDone } from "../conversation/actions.ts";
import { Colleagues } from "../conversation/Colleagues.tsx";
import { finish } from "../conversation/finish.ts";
import { useDesk } from "../desk/store.ts";
import { canBeAnswered } from "../desk/types.ts";
import { openConversation } from "../navigation/navigation.ts";
import { Cautions } from "./Cautions.tsx";
import { useAnsweredSince, useSaysNote } from "./cautions.ts";
import {
  addFiles,
  closeDraft,
  openDraft,
  refreshDraft,
  sendDraft,
  setBody,
  setKind,
  useDraft,
  whyNot,
} from "./composer.ts";
import { type Draft, isEmpty } from "./draft.ts";
import { words } from "./en.ts";
import { Foot } from "./Foot.tsx";
import { NoteSheet } from "./NoteSheet.tsx";
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
  const saysNote = useSaysNote(conversation, isNote ? "" : draft.body);
  const answeredBy = useAnsweredSince(conversation, !isNote && draft.body !== "");
  const [held, setHeld] = useState<(() => void) | null>(null);
  useEffect(() => {
    void openDraft(conversation);
    return () => closeDraft(conversation);
  }, [conversation]);
  useEffect(() => {
    const refresh = () => void refreshDraft(conversation);
    addEventListener("focus", refresh);
    return () => removeEventListener("focus", refresh);
  }, [conversation]);
  useEffect(() => offerFocus("composer", () => field.current?.focus()), [field]);

  const send = () => sendDraft(conversation);
  const sendAndDone = () => {
    if (send()) finish(conversation, (comeBack) => markDone(conversation, comeBack));
  };
  /** Asks first where a customer would read a note. */
  const checked = (after: () => void) => () => (saysNote ? setHeld(() => after) : after());
  const submit = checked(send);
  const submitAndDone = checked(sendAndDone);
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
        <Cautions conversation={conversation} saysNote={saysNote} answeredBy={answeredBy} />
        <Foot
          conversation={conversation}
          draft={draft}
          canSend={!isEmpty(draft) && (isNote || reason === null)}
          onSend={(isByKey) => {
            submit();
            // The button has nothing to send any more, and so no focus.
            if (isByKey) field.current?.focus();
          }}
          onSendAndDone={submitAndDone}
        />
        {held !== null && (
          <NoteSheet
            customer={customer}
            onStay={() => setHeld(null)}
            onSend={() => {
              setHeld(null);
              held();
            }}
          />
        )}
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
