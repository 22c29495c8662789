import { useMemo, useState } from "react";

import { hasMovedOn, wordsFor } from "../../api/errors.ts";
import { forgetUnsaved } from "../../navigation/leaving.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { showToast } from "../../toast/toast.ts";
import { MovedOn } from "../MovedOn.tsx";
import { NothingYet, Page, WhenLoaded } from "../Page.tsx";
import { RemoveSheet } from "../RemoveSheet.tsx";
import { loadSchedules, type Schedule } from "../schedules/schedules.ts";
import { useLoaded } from "../use-loaded.ts";
import { useUnsaved } from "../use-unsaved.ts";
import { AboutPart } from "./AboutPart.tsx";
import { ClocksPart } from "./ClocksPart.tsx";
import { words } from "./en.ts";
import { useCriteriaFields } from "./fields.ts";
import { isOdd, secondsOf } from "./lengths.ts";
import {
  addSla,
  changeSla,
  changesOf,
  type Draft,
  draftOf,
  loadSlas,
  newDraft,
  removeSla,
  type Sla,
} from "./slas.ts";
import { TargetsPart } from "./TargetsPart.tsx";
import { lackOf } from "./targets.ts";
import { VersionsPart } from "./VersionsPart.tsx";
import { WhatComesOfIt } from "./WhatComesOfIt.tsx";
import { WhoPart } from "./WhoPart.tsx";

/** One service level, or one that is being made (`null`). */
export function SlaPage({ id }: { id: string | null }) {
  const { loaded, reload } = useLoaded(loadAround);
  const known = loaded.state === "ready" ? loaded.data.slas.find((one) => one.id === id) : undefined;
  if (loaded.state === "ready" && (id === null || known !== undefined)) {
    const { schedules } = loaded.data;
    return <Editor key={known?.rev} sla={known ?? null} schedules={schedules} onLoadAnew={reload} />;
  }
  return (
    <Page title={words.title} text={words.editText} back={["slas"]}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {() => <NothingYet title={words.goneTitle} text={words.goneText} />}
      </WhenLoaded>
    </Page>
  );
}

async function loadAround(): Promise<{ slas: readonly Sla[]; schedules: readonly Schedule[] }> {
  const [slas, schedules] = await Promise.all([loadSlas(), loadSchedules()]);
  return { slas, schedules };
}

interface EditorProps {
  sla: Sla | null;
  schedules: readonly Schedule[];
  onLoadAnew: () => void;
}

function Editor({ sla, schedules, onLoadAnew }: EditorProps) {
  const [before] = useState<Draft>(() => (sla === null ? newDraft() : draftOf(sla)));
  const [draft, setDraft] = useState(before);
  useUnsaved(draft);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [hasMoved, setMoved] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const fields = useCriteriaFields();
  const change = (patch: Partial<Draft>) => setDraft((old) => ({ ...old, ...patch }));
  const changes = useMemo(() => changesOf(draft, before), [draft, before]);
  const save = async () => {
    setAsked(true);
    if (lacks(draft)) return;
    setBusy(true);
    try {
      const saved = await (sla === null ? addSla(draft) : changeSla(sla, changes));
      showToast(words.saved(saved.name));
      forgetUnsaved();
      goToSettings("slas");
    } catch (error) {
      setBusy(false);
      if (hasMovedOn(error)) setMoved(true);
      else showToast(words.failed(wordsFor(error)), { tone: "problem" });
    }
  };
  const saveButton = (
    <button
      type="button"
      className="button button--primary"
      disabled={isBusy || (sla !== null && Object.keys(changes).length === 0)}
      onClick={() => void save()}
    >
      {words.save}
    </button>
  );
  return (
    <Page title={sla?.name ?? words.newTitle} text={words.editText} back={["slas"]} action={saveButton}>
      {hasMoved && <MovedOn onLoadAnew={onLoadAnew} />}
      <div className="with-preview">
        <div className="with-preview__main">
          <AboutPart draft={draft} isAsked={isAsked} onChange={change} />
          <WhoPart draft={draft} fields={fields} onChange={setDraft} />
          <TargetsPart
            targets={draft.targets}
            isAsked={isAsked}
            onChange={(targets) => change({ targets })}
          />
          <ClocksPart draft={draft} schedules={schedules} isAsked={isAsked} onChange={change} />
          {sla !== null && <VersionsPart sla={sla} fields={fields} schedules={schedules} />}
        </div>
        <div className="with-preview__preview">
          <WhatComesOfIt
            sla={sla}
            draft={draft}
            changed={Object.keys(changes)}
            fields={fields}
            schedules={schedules}
          />
        </div>
      </div>
      {sla !== null && (
        <button
          type="button"
          className="button button--quiet settings-page__remove"
          onClick={() => setRemoving(true)}
        >
          {words.remove}
        </button>
      )}
      {isRemoving && sla !== null && (
        <RemoveSheet
          title={words.removeTitle(sla.name)}
          text={words.removeText}
          words={words}
          onRemove={async () => {
            await removeSla(sla.id);
            showToast(words.removed(sla.name));
            goToSettings("slas");
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </Page>
  );
}

function lacks({ name, targets, warnBefore }: Draft): boolean {
  const all = Object.values(targets);
  return (
    name.trim() === "" ||
    !all.some(({ isOn }) => isOn) ||
    all.some((target) => lackOf(target) !== null) ||
    (warnBefore !== null && (isOdd(warnBefore) || secondsOf(warnBefore) === null))
  );
}
