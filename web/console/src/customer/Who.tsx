import { ArrowLeft, BadgeCheck, GitMerge, Pencil } from "lucide-react";

import { Avatar } from "../app/Avatar.tsx";
import { useNow } from "../app/now.ts";
import type { Customer } from "../desk/types.ts";
import { startMerge } from "../merging/merging.ts";
import { showPane } from "../navigation/navigation.ts";
import { Conflict } from "./Conflict.tsx";
import { words } from "./en.ts";
import { otherTime } from "./local-time.ts";
import { TextEditor } from "./TextEditor.tsx";
import { useEditing } from "./use-editing.ts";

interface WhoProps {
  id: string;
  name: string;
  customer: Customer | undefined;
  /** Of the visit, for a record that does not say. */
  timeZone: string | null;
}

/** Who this is, what makes us think so, and what time it is where they are. */
export function Who({ id, name, customer, timeZone }: WhoProps) {
  const now = useNow();
  const zone = customer?.timeZone ?? timeZone;
  const time = zone === null ? null : otherTime(now, zone);
  const editing = useEditing(id, "name");
  return (
    <header className="who">
      <button
        type="button"
        className="icon-button who__back"
        aria-label={words.back}
        onClick={() => showPane("main")}
      >
        <ArrowLeft size={18} aria-hidden="true" />
      </button>
      <Avatar id={id} name={name} size="large" />
      <div className="who__words">
        <Name name={name} customer={customer} editing={editing} />
        {customer !== undefined && (
          <p className="who__standing">
            {customer.identified && <BadgeCheck className="who__mark" size={14} aria-hidden="true" />}
            <span>{standingOf(customer)}</span>
          </p>
        )}
        {time !== null && (
          <p className="who__standing" title={zone ?? undefined}>
            {words.timeThere(time)}
          </p>
        )}
      </div>
      {customer !== undefined && !editing.isOpen && (
        <div className="who__actions">
          <button
            type="button"
            className="icon-button icon-button--small"
            aria-label={words.mergeWith}
            title={words.mergeWith}
            aria-haspopup="dialog"
            onClick={() => startMerge(id)}
          >
            <GitMerge size={15} aria-hidden="true" />
          </button>
          <button
            ref={editing.opener}
            type="button"
            className="pencil"
            aria-label={words.edit(words.name)}
            title={words.edit(words.name)}
            onClick={editing.open}
          >
            <Pencil size={12} aria-hidden="true" />
          </button>
        </div>
      )}
    </header>
  );
}

interface NameProps extends Pick<WhoProps, "name" | "customer"> {
  editing: ReturnType<typeof useEditing>;
}

function Name({ name, customer, editing }: NameProps) {
  if (editing.isOpen) {
    return (
      <>
        <h1 className="sr-only">{name}</h1>
        <TextEditor
          label={words.name}
          value={editing.draft(customer?.name ?? "") ?? ""}
          problem={editing.problem}
          onSave={(value) => void editing.save(value === "" ? null : value, words.didChange(words.name))}
          onCancel={editing.close}
        />
      </>
    );
  }
  return (
    <>
      <h1 className="who__name">
        <bdi>{name}</bdi>
      </h1>
      {editing.conflict !== null && (
        <Conflict
          customer={customer?.id ?? ""}
          field="name"
          theirs={editing.conflict.theirs as string | null}
          onMine={() => void editing.save(editing.conflict?.mine, words.didChange(words.name))}
          onTheirs={editing.close}
        />
      )}
    </>
  );
}

/** What the company wrote down of somebody makes a record, not an identity. */
function standingOf({ identified, name, emails, phones, externalId }: Customer): string {
  if (identified) return words.identified;
  if ([...emails, ...phones].some(({ verified }) => verified)) return words.vouched;
  const isOnRecord = name !== null || externalId !== null || emails.length + phones.length > 0;
  return isOnRecord ? words.known : words.visitor;
}
