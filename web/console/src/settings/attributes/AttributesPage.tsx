import { Plus } from "lucide-react";
import { useCallback, useRef, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import type { Attribute } from "../../attributes/attribute.ts";
import { type Declarations, readDeclarations } from "../../attributes/store.ts";
import { formatRoute } from "../../navigation/route.ts";
import { showToast } from "../../toast/toast.ts";
import { NothingYet, Page, WhenLoaded } from "../Page.tsx";
import type { PageProps } from "../pages.ts";
import { useLoaded } from "../use-loaded.ts";
import { AttributeList } from "./AttributeList.tsx";
import { AttributeSheet } from "./AttributeSheet.tsx";
import { OWNERS, type Owner, orderAttributes, removeAttribute, saveAttribute } from "./api.ts";
import { words } from "./en.ts";
import { FieldPreview } from "./FieldPreview.tsx";
import "./attributes.css";

/** Fields that an administrator adds to the records of one kind. */
export function AttributesPage({ path: [asked] }: PageProps) {
  const owner = OWNERS.find((one) => one === asked) ?? "customer";
  return <Attributes key={owner} owner={owner} />;
}

/** What the sheet is open for. */
type Edited = Attribute | "new" | null;

function Attributes({ owner }: { owner: Owner }) {
  const load = useCallback(() => readDeclarations(owner), [owner]);
  const { loaded, reload, show } = useLoaded(load);
  const [edited, setEdited] = useState<Edited>(null);
  const ownerName = words.owner[owner];
  const attributes = loaded.state === "ready" ? loaded.data.attributes : [];

  const save = async (attribute: Attribute) => {
    show(await saveAttribute(owner, attribute));
    setEdited(null);
    showToast(words.saved(attribute.displayName));
  };
  const remove = async (attribute: Attribute) => {
    show(await removeAttribute(owner, attribute.name));
    setEdited(null);
    showToast(words.removed(attribute.displayName), {
      action: { label: words.undo, isUndo: true, run: () => void save(attribute).catch(sayFailed) },
    });
  };
  // One after the other, each of the version that the one before left: null where that was refused.
  const ordering = useRef<Promise<number | null> | null>(null);
  const order = (before: Declarations, wanted: readonly Attribute[]) => {
    show({ ...before, attributes: wanted });
    const next = (ordering.current ?? Promise.resolve(before.rev)).then(async (rev) => {
      try {
        if (rev === null) return null;
        const ordered = await orderAttributes(owner, { attributes: wanted, rev });
        if (ordering.current === next) show(ordered);
        return ordered.rev;
      } catch (error) {
        sayFailed(error);
        reload();
        return null;
      } finally {
        if (ordering.current === next) ordering.current = null;
      }
    });
    ordering.current = next;
  };

  const addButton = (
    <button
      type="button"
      className="button button--primary"
      disabled={loaded.state !== "ready"}
      onClick={() => setEdited("new")}
    >
      <Plus size={15} aria-hidden="true" />
      {words.add}
    </button>
  );
  return (
    <Page title={words.title} text={words.text} action={addButton}>
      <OwnerTabs current={owner} />
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(declarations) =>
          declarations.attributes.length === 0 ? (
            <NothingYet title={words.emptyTitle(ownerName)} text={words.emptyText} />
          ) : (
            <div className="with-preview">
              <AttributeList
                label={words.list(ownerName)}
                attributes={declarations.attributes}
                onEdit={setEdited}
                onOrder={(wanted) => order(declarations, wanted)}
              />
              <div className="with-preview__preview">
                <p className="with-preview__title">{words.previewTitle}</p>
                <FieldPreview attributes={declarations.attributes} />
                <p className="field__hint">{words.previewText}</p>
              </div>
            </div>
          )
        }
      </WhenLoaded>
      {edited !== null && (
        <AttributeSheet
          attribute={edited === "new" ? null : edited}
          others={attributes.filter((one) => one !== edited)}
          onSave={save}
          onRemove={remove}
          onClose={() => setEdited(null)}
        />
      )}
    </Page>
  );
}

function sayFailed(error: unknown): void {
  showToast(words.failed(wordsFor(error)), { tone: "problem" });
}

function OwnerTabs({ current }: { current: Owner }) {
  return (
    <nav className="tabs" aria-label={words.owners}>
      {OWNERS.map((owner) => (
        <a
          key={owner}
          className="tabs__tab"
          href={formatRoute({ screen: "settings", path: ["attributes", owner] })}
          aria-current={owner === current ? "page" : undefined}
        >
          {words.owner[owner]}
        </a>
      ))}
    </nav>
  );
}
