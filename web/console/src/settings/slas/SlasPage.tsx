import { Plus } from "lucide-react";
import { useRef } from "react";

import { wordsFor } from "../../api/errors.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { showToast } from "../../toast/toast.ts";
import { NothingYet, Page, WhenLoaded } from "../Page.tsx";
import type { PageProps } from "../pages.ts";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { SlaList } from "./SlaList.tsx";
import { SlaPage } from "./SlaPage.tsx";
import { loadSlas, orderSlas, type Sla } from "./slas.ts";
import "./slas.css";

/** What customers are promised. */
export function SlasPage({ path: [id] }: PageProps) {
  return id === undefined ? <Slas /> : <SlaPage key={id} id={id === "new" ? null : id} />;
}

function Slas() {
  const { loaded, reload, show } = useLoaded(loadSlas);
  // One after the other: of two that overtake each other the older would win.
  const ordering = useRef(Promise.resolve());
  const order = (wanted: readonly Sla[]) => {
    show([...wanted]);
    const next = ordering.current.then(async () => {
      try {
        const ordered = await orderSlas(wanted);
        if (ordering.current === next) show(ordered);
      } catch (error) {
        showToast(words.failed(wordsFor(error)), { tone: "problem" });
        reload();
      }
    });
    ordering.current = next;
  };
  const addButton = (
    <button type="button" className="button button--primary" onClick={() => goToSettings("slas", "new")}>
      <Plus size={15} aria-hidden="true" />
      {words.add}
    </button>
  );
  return (
    <Page title={words.title} text={words.text} action={addButton}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(slas) =>
          slas.length === 0 ? (
            <NothingYet title={words.emptyTitle} text={words.emptyText}>
              <ol className="sla-steps">
                {words.emptySteps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </NothingYet>
          ) : (
            <SlaList slas={slas} onOrder={order} />
          )
        }
      </WhenLoaded>
    </Page>
  );
}
