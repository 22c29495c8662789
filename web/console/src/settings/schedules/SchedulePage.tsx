import { useMemo, useState } from "react";

import { hasMovedOn, wordsFor } from "../../api/errors.ts";
import { forgetUnsaved } from "../../navigation/leaving.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { showToast } from "../../toast/toast.ts";
import { MovedOn } from "../MovedOn.tsx";
import { NothingYet, Page, WhenLoaded } from "../Page.tsx";
import { RemoveSheet } from "../RemoveSheet.tsx";
import { useLoaded } from "../use-loaded.ts";
import { useUnsaved } from "../use-unsaved.ts";
import { AboutPart } from "./AboutPart.tsx";
import { DatesPart, lackOf } from "./DatesPart.tsx";
import { words } from "./en.ts";
import { HolidaysPart } from "./HolidaysPart.tsx";
import { PreviewPart } from "./PreviewPart.tsx";
import {
  addSchedule,
  changeSchedule,
  changesOf,
  type DayOff,
  type Draft,
  loadSchedules,
  newDraft,
  removeSchedule,
  type Schedule,
} from "./schedules.ts";
import { usePreview } from "./use-preview.ts";
import { WeekPart } from "./WeekPart.tsx";
import { isTangled } from "./week.ts";

/** One schedule, or one that is being made (`null`). */
export function SchedulePage({ id }: { id: string | null }) {
  const { loaded, reload } = useLoaded(loadSchedules);
  const known = loaded.state === "ready" ? loaded.data.find((one) => one.id === id) : undefined;
  if (loaded.state === "ready" && (id === null || known !== undefined)) {
    const others = loaded.data.filter((one) => one !== known);
    return <Editor key={known?.rev} schedule={known ?? null} others={others} onLoadAnew={reload} />;
  }
  return (
    <Page title={words.title} text={words.editText} back={["schedules"]}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {() => <NothingYet title={words.goneTitle} text={words.goneText} />}
      </WhenLoaded>
    </Page>
  );
}

interface EditorProps {
  schedule: Schedule | null;
  others: readonly Schedule[];
  onLoadAnew: () => void;
}

function Editor({ schedule, others, onLoadAnew }: EditorProps) {
  const [before] = useState<Draft>(() => schedule ?? newDraft(others));
  const [draft, setDraft] = useState(before);
  useUnsaved(draft);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [hasMoved, setMoved] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const change = (patch: Partial<Draft>) => setDraft((old) => ({ ...old, ...patch }));
  const previewed = usePreview(useMemo(() => fitForPreview(draft), [draft]));
  const save = async () => {
    setAsked(true);
    if (lacks(draft)) return;
    setBusy(true);
    try {
      const saved = schedule === null ? await addSchedule(draft) : await changeSchedule(schedule, draft);
      showToast(words.saved(saved.name));
      forgetUnsaved();
      goToSettings("schedules");
    } catch (error) {
      setBusy(false);
      if (hasMovedOn(error)) setMoved(true);
      else showToast(words.failed(wordsFor(error)), { tone: "problem" });
    }
  };
  const openAnyway = ({ date, name }: DayOff) => {
    const hours = draft.hours[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? [];
    const own = { date, name, hours: hours.length > 0 ? hours : ([[540, 1_020]] as const) };
    change({ dates: [...draft.dates.filter((one) => one.date !== date), own] });
  };
  const isSame = Object.keys(changesOf(draft, before)).length === 0;
  const saveButton = (
    <button
      type="button"
      className="button button--primary"
      disabled={isBusy || (schedule !== null && isSame)}
      onClick={() => void save()}
    >
      {words.save}
    </button>
  );
  return (
    <Page
      title={schedule?.name ?? words.newTitle}
      text={words.editText}
      back={["schedules"]}
      action={saveButton}
    >
      {hasMoved && <MovedOn onLoadAnew={onLoadAnew} />}
      <div className="with-preview">
        <div className="with-preview__main">
          <AboutPart
            draft={draft}
            isFixedDefault={before.isDefault}
            problem={isAsked && draft.name.trim() === "" ? words.lacksName : undefined}
            onChange={change}
          />
          <WeekPart week={draft.hours} onChange={(hours) => change({ hours })} />
          <HolidaysPart holidays={draft.holidays} onChange={(holidays) => change({ holidays })} />
          <DatesPart dates={draft.dates} isAsked={isAsked} onChange={(dates) => change({ dates })} />
        </div>
        <div className="with-preview__preview">
          <PreviewPart draft={draft} previewed={previewed} onOpenAnyway={openAnyway} />
        </div>
      </div>
      {schedule !== null && (!schedule.isDefault || others.length === 0) && (
        <button
          type="button"
          className="button button--quiet settings-page__remove"
          onClick={() => setRemoving(true)}
        >
          {words.remove}
        </button>
      )}
      {isRemoving && schedule !== null && (
        <RemoveSheet
          title={words.removeTitle(schedule.name)}
          text={words.removeText}
          words={words}
          onRemove={async () => {
            await removeSchedule(schedule.id);
            showToast(words.removed(schedule.name));
            goToSettings("schedules");
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </Page>
  );
}

function lacks(draft: Draft): boolean {
  return (
    draft.name.trim() === "" ||
    draft.hours.some(isTangled) ||
    draft.dates.some((one) => lackOf(one, draft.dates) !== undefined || isTangled(one.hours))
  );
}

/** What one is in the middle of typing is left out; null when the week itself is not to be reckoned with. */
function fitForPreview(draft: Draft): Draft | null {
  if (draft.hours.some(isTangled)) return null;
  const dates = draft.dates.filter((one) => lackOf(one, draft.dates) === undefined && !isTangled(one.hours));
  return { ...draft, name: words.namePlaceholder, dates };
}
