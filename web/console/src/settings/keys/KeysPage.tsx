import { exactTime, relativeTime } from "@kithdesk/ui";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { useNow } from "../../app/now.ts";
import { Sheet } from "../../picker/Sheet.tsx";
import { showToast } from "../../toast/toast.ts";
import { NotConfirmed, useConfirmed } from "../confirming.tsx";
import { NothingYet, Page, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { KeyMade } from "./KeyMade.tsx";
import { createKey, type Key, type KeyWish, loadKeys, revokeKey } from "./keys.ts";
import { NewKeySheet } from "./NewKeySheet.tsx";

type Open =
  | { readonly kind: "new" }
  | { readonly kind: "made"; readonly secret: string }
  | { readonly kind: "revoke"; readonly key: Key }
  | null;

/** Keys that programs come in with. */
export function KeysPage() {
  const { loaded, reload } = useLoaded(loadKeys);
  const { confirmed, sheet } = useConfirmed();
  const [open, setOpen] = useState<Open>(null);
  const create = async (wish: KeyWish) => {
    const { secret } = await confirmed(() => createKey(wish));
    setOpen({ kind: "made", secret });
    reload();
  };
  const revoke = async ({ id, name }: Key) => {
    setOpen(null);
    try {
      await confirmed(() => revokeKey(id));
      showToast(words.revoked(name));
      reload();
    } catch (error) {
      if (!(error instanceof NotConfirmed)) showToast(words.notRevoked(wordsFor(error)), { tone: "problem" });
    }
  };
  const addButton = (
    <button type="button" className="button button--primary" onClick={() => setOpen({ kind: "new" })}>
      <Plus size={15} aria-hidden="true" />
      {words.add}
    </button>
  );
  return (
    <Page title={words.title} text={words.text} action={addButton}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(keys) =>
          keys.length === 0 ? (
            <NothingYet title={words.emptyTitle} text={words.emptyText} />
          ) : (
            <ul className="entries" aria-label={words.list}>
              {keys.map((key) => (
                <KeyRow key={key.id} apiKey={key} onRevoke={() => setOpen({ kind: "revoke", key })} />
              ))}
            </ul>
          )
        }
      </WhenLoaded>
      {open?.kind === "new" && <NewKeySheet onCreate={create} onClose={() => setOpen(null)} />}
      {open?.kind === "made" && <KeyMade secret={open.secret} onClose={() => setOpen(null)} />}
      {open?.kind === "revoke" && (
        <RevokeSheet
          name={open.key.name}
          onRevoke={() => void revoke(open.key)}
          onClose={() => setOpen(null)}
        />
      )}
      {sheet}
    </Page>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: Key; onRevoke: () => void }) {
  const now = useNow();
  const { name, role, lastFour, networks, expiresAt, createdAt } = apiKey;
  const isOver = expiresAt !== null && expiresAt <= now;
  return (
    <li className="entries__entry">
      <KeyRound className="entries__icon" size={18} strokeWidth={1.75} aria-hidden="true" />
      <span className="entries__words">
        <span className="entries__name" dir="auto">
          {name}
        </span>
        <span className="entries__facts">
          <span>{words.holders[role]}</span>
          <code>{words.ends(lastFour)}</code>
          <time dateTime={createdAt} title={exactTime(createdAt)}>
            {words.made(relativeTime(createdAt, now))}
          </time>
          {expiresAt !== null && !isOver && (
            <time dateTime={expiresAt} title={exactTime(expiresAt)}>
              {words.expires(new Date(expiresAt).toLocaleDateString(undefined, { dateStyle: "medium" }))}
            </time>
          )}
          {networks.length > 0 && <span>{words.from(networks)}</span>}
        </span>
      </span>
      {isOver && <span className="mark">{words.expired}</span>}
      <button
        type="button"
        className="button button--quiet"
        aria-label={words.revokeOne(name)}
        onClick={onRevoke}
      >
        {words.revoke}
      </button>
    </li>
  );
}

interface RevokeSheetProps {
  name: string;
  onRevoke: () => void;
  onClose: () => void;
}

function RevokeSheet({ name, onRevoke, onClose }: RevokeSheetProps) {
  const title = words.revokeTitle(name);
  return (
    <Sheet title={title} anchor={null} onClose={onClose}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{title}</h2>
        <p className="sheet-form__text">{words.revokeText}</p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="button" className="button button--danger" onClick={onRevoke}>
            {words.revoke}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
