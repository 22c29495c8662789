import { ArrowLeft, BadgeCheck, Building2, GitMerge, Pencil } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import { Avatar } from "../app/Avatar.tsx";
import { useNow } from "../app/now.ts";
import type { Customer } from "../desk/types.ts";
import { startMerge } from "../merging/merging.ts";
import { showPane } from "../navigation/navigation.ts";
import { Conflict } from "./Conflict.tsx";
import { words } from "./en.ts";
import { localTime } from "./local-time.ts";
import { TextEditor } from "./TextEditor.tsx";
import { useEditing } from "./use-editing.ts";

const CompanyPicker = lazy(() =>
  import("./CompanyPicker.tsx").then((module) => ({ default: module.CompanyPicker })),
);

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
  const time = zone === null ? null : localTime(now, zone);
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
        <Name id={id} name={name} customer={customer} />
        {customer !== undefined && (
          <p className="who__standing">
            {customer.identified && <BadgeCheck className="who__mark" size={14} aria-hidden="true" />}
            <span>{standingOf(customer)}</span>
            {time !== null && (
              <span title={zone ?? undefined}>
                {" · "}
                <span className="sr-only">{words.timeZone} </span>
                {time}
              </span>
            )}
          </p>
        )}
        {customer?.company != null && <Company customer={customer} />}
      </div>
      {customer !== undefined && (
        <div className="who__actions">
          {customer.company === null && <AddCompany customer={customer} />}
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
        </div>
      )}
    </header>
  );
}

function Name({ id, name, customer }: Omit<WhoProps, "timeZone">) {
  const editing = useEditing(id, "name");
  if (editing.isOpen) {
    return (
      <TextEditor
        label={words.name}
        value={editing.draft(customer?.name ?? "") ?? ""}
        problem={editing.problem}
        onSave={(value) => void editing.save(value === "" ? null : value, words.didChange(words.name))}
        onCancel={editing.close}
      />
    );
  }
  return (
    <>
      <h1 className="who__name">
        <bdi>{name}</bdi>
        {customer !== undefined && (
          <button
            ref={editing.opener}
            type="button"
            className="pencil"
            aria-label={words.edit(words.name)}
            onClick={editing.open}
          >
            <Pencil size={12} aria-hidden="true" />
          </button>
        )}
      </h1>
      {editing.conflict !== null && (
        <Conflict
          theirs={editing.conflict.theirs as string | null}
          onMine={() => void editing.save(editing.conflict?.mine, words.didChange(words.name))}
          onTheirs={editing.close}
        />
      )}
    </>
  );
}

function Company({ customer }: { customer: Customer }) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  return (
    <>
      <button
        type="button"
        className="who__company"
        aria-haspopup="dialog"
        title={words.changeCompany}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <Building2 size={13} aria-hidden="true" />
        <span className="sr-only">{words.company}: </span>
        <bdi>{customer.company?.name}</bdi>
      </button>
      <OpenPicker customer={customer} anchor={anchor} onClose={() => setAnchor(null)} />
    </>
  );
}

function AddCompany({ customer }: { customer: Customer }) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  return (
    <>
      <button
        type="button"
        className="icon-button icon-button--small"
        aria-haspopup="dialog"
        aria-label={words.addCompany}
        title={words.addCompany}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <Building2 size={15} aria-hidden="true" />
      </button>
      <OpenPicker customer={customer} anchor={anchor} onClose={() => setAnchor(null)} />
    </>
  );
}

interface OpenPickerProps {
  customer: Customer;
  anchor: DOMRect | null;
  onClose: () => void;
}

function OpenPicker({ customer, anchor, onClose }: OpenPickerProps) {
  if (anchor === null) return null;
  return (
    <Suspense fallback={null}>
      <CompanyPicker customer={customer} anchor={anchor} onClose={onClose} />
    </Suspense>
  );
}

/** What the company wrote down of somebody makes a record, not an identity. */
function standingOf({ identified, name, emails, phones, externalId }: Customer): string {
  if (identified) return words.identified;
  const isOnRecord = name !== null || externalId !== null || emails.length + phones.length > 0;
  return isOnRecord ? words.known : words.visitor;
}
