import { useCallback, useEffect, useRef, useState } from "react";

import { isConflict, wordsFor } from "../../api/errors.ts";
import { loadCustomerAttributes } from "../../customer/customer-attributes.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { showToast } from "../../toast/toast.ts";
import { NothingYet, Page, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { Draft } from "./Draft.tsx";
import { words } from "./en.ts";
import { act, discard, type Import, loadImportOrNone } from "./imports.ts";
import { Progress } from "./Progress.tsx";
import { Result } from "./Result.tsx";
import { UndoSheet } from "./UndoSheet.tsx";
import { useWatching } from "./use-watching.ts";

/** One file, from its columns to what became of its rows. */
export function ImportPage({ id }: { id: string }) {
  const load = useCallback(async () => {
    const [one] = await Promise.all([loadImportOrNone(id), loadCustomerAttributes()]);
    return { one };
  }, [id]);
  const { loaded, reload, show } = useLoaded(load);
  const showOne = useCallback((one: Import) => show({ one }), [show]);
  if (loaded.state === "ready" && loaded.data.one !== null)
    return <Shown one={loaded.data.one} onChange={showOne} onReload={reload} />;
  return (
    <Page title={words.title} text={words.text}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {() => <NothingYet title={words.goneTitle} text={words.goneText} />}
      </WhenLoaded>
    </Page>
  );
}

interface ShownProps {
  one: Import;
  onChange: (one: Import) => void;
  onReload: () => void;
}

function Shown({ one, onChange, onReload }: ShownProps) {
  const { id, name, status, rows } = one;
  const [isAsking, setAsking] = useState(false);
  useWatching(one, onChange);
  useSayingTheEnd(one);
  const doIt = async (verb: "start" | "stop" | "undo") => {
    try {
      onChange(await act(id, verb));
    } catch (error) {
      showToast(FAILED[verb](wordsFor(error)), { tone: "problem" });
      // Somebody else was quicker: what they did is what counts.
      if (isConflict(error)) onReload();
    }
  };
  if (status === "draft") {
    const begun = () => {
      showToast(words.startedElsewhere);
      onReload();
    };
    return (
      <Draft
        one={one}
        onStart={() => doIt("start")}
        onDiscard={() => void throwAway(one, onReload)}
        onBegun={begun}
      />
    );
  }
  return (
    <Page title={name} text={words.textOf[status]} back={["imports"]}>
      <Progress one={one} onDo={doIt} />
      <Result one={one} onUndo={() => setAsking(true)} />
      {isAsking && (
        <UndoSheet
          one={one}
          onUndo={() => {
            setAsking(false);
            void doIt("undo");
          }}
          onClose={() => setAsking(false)}
        />
      )}
      <span className="sr-only" role="status">
        {words.statuses[status]}, {words.rows(rows)}
      </span>
    </Page>
  );
}

/** Without asking: the file is still where it came from. */
async function throwAway({ id, name }: Import, onBegun: () => void): Promise<void> {
  try {
    await discard(id);
    showToast(words.discarded(name));
    goToSettings("imports");
  } catch (error) {
    showToast(words.discardFailed(wordsFor(error)), { tone: "problem" });
    if (isConflict(error)) onBegun();
  }
}

const FAILED = { start: words.startFailed, stop: words.stopFailed, undo: words.undoFailed };

/** Whoever waited for it may look elsewhere by now. */
function useSayingTheEnd({ name, status }: Import): void {
  const before = useRef(status);
  useEffect(() => {
    if (before.current === "running" && status === "done") showToast(words.finished(name));
    if (before.current === "undoing" && status === "undone") showToast(words.takenBack(name));
    before.current = status;
  }, [name, status]);
}
