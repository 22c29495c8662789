import { useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { Select, TextField } from "../../forms/Fields.tsx";
import { goToSettings } from "../../navigation/navigation.ts";
import { showToast } from "../../toast/toast.ts";
import { MovedOn } from "../MovedOn.tsx";
import { NothingYet, Page, Part, WhenLoaded } from "../Page.tsx";
import { RemoveSheet } from "../RemoveSheet.tsx";
import { loadSchedules, type Schedule } from "../schedules/schedules.ts";
import { useLoaded } from "../use-loaded.ts";
import { useUnsaved } from "../use-unsaved.ts";
import { words } from "./en.ts";
import { FilledBy } from "./FilledBy.tsx";
import { InUseSheet } from "./InUseSheet.tsx";
import { isWithin, lacksTerms } from "./lacks.ts";
import { NumberField } from "./NumberField.tsx";
import { OverflowPart } from "./OverflowPart.tsx";
import {
  type Acceptance,
  loadQueues,
  NEW_QUEUE,
  problemOfQueue,
  type Queue,
  type QueueDraft,
  removeQueue,
  saveQueue,
} from "./queues.ts";
import { loadRuleNames, type RuleName } from "./rules.ts";
import { ServedBy } from "./ServedBy.tsx";
import { useSaving } from "./use-saving.ts";
import { usesOf } from "./uses.ts";

const BACK = ["routing", "queues"];

/** One queue, or one that is being made (`null`). */
export function QueuePage({ id }: { id: string | null }) {
  const { loaded, reload } = useLoaded(loadAround);
  const known = loaded.state === "ready" ? loaded.data.queues.find((one) => one.id === id) : undefined;
  if (loaded.state === "ready" && (id === null || known !== undefined)) {
    const others = loaded.data.queues.filter((one) => one !== known);
    const { schedules, rules } = loaded.data;
    const around = { others, schedules, rules };
    return <Editor key={known?.rev} queue={known ?? null} {...around} onLoadAnew={reload} />;
  }
  return (
    <Page title={words.tabs.queues} text={words.queueText} back={BACK}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {() => <NothingYet title={words.goneTitle} text={words.goneText} />}
      </WhenLoaded>
    </Page>
  );
}

async function loadAround() {
  const [queues, schedules, rules] = await Promise.all([loadQueues(), loadSchedules(), loadRuleNames()]);
  return { queues, schedules, rules };
}

interface EditorProps {
  queue: Queue | null;
  others: readonly Queue[];
  schedules: readonly Schedule[];
  rules: readonly RuleName[];
  onLoadAnew: () => void;
}

function Editor({ queue, others, schedules, rules, onLoadAnew }: EditorProps) {
  const [draft, setDraft] = useState<QueueDraft>(queue ?? NEW_QUEUE);
  const [isAsked, setAsked] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  useUnsaved(draft);
  const { isBusy, hasMoved, save } = useSaving("queues", wordsFor);
  const uses = queue === null ? [] : usesOf(queue, others, rules);
  const change = (patch: Partial<QueueDraft>) => setDraft((old) => ({ ...old, ...patch }));
  const submit = () => {
    setAsked(true);
    if (lacks(draft)) return;
    void save(() => saveQueue(queue, draft), words.queueSaved(draft.name.trim()));
  };
  const saveButton = (
    <button type="button" className="button button--primary" disabled={isBusy} onClick={submit}>
      {words.save}
    </button>
  );
  return (
    <Page title={queue?.name ?? words.newQueue} text={words.queueText} back={BACK} action={saveButton}>
      {hasMoved && <MovedOn onLoadAnew={onLoadAnew} />}
      <About draft={draft} isAsked={isAsked} onChange={change} />
      {queue !== null && (
        <>
          <ServedBy queue={queue.id} />
          <FilledBy queue={queue} others={others} rules={rules} />
        </>
      )}
      <Part title={words.given}>
        <div className="fields routing-pairs">
          <Select
            label={words.acceptance}
            hint={words.acceptanceHint}
            value={draft.acceptance ?? ""}
            options={[
              ["", words.asTheTeam],
              ["auto", words.acceptances.auto],
              ["manual", words.acceptances.manual],
            ]}
            onPick={(picked) => change({ acceptance: picked === "" ? null : (picked as Acceptance) })}
          />
          <Select
            label={words.requeue}
            hint={words.requeueHint}
            value={draft.requeueWhenOffline === null ? "" : String(draft.requeueWhenOffline)}
            options={[
              ["", words.asTheTeam],
              ["true", words.requeues.yes],
              ["false", words.requeues.no],
            ]}
            onPick={(picked) => change({ requeueWhenOffline: picked === "" ? null : picked === "true" })}
          />
          {(schedules.length > 0 || draft.schedule !== null) && (
            <Select
              label={words.schedule}
              hint={words.scheduleHint}
              value={draft.schedule ?? ""}
              options={[["", words.noSchedule], ...schedules.map(({ id, name }) => [id, name] as const)]}
              onPick={(picked) => change({ schedule: picked === "" ? null : picked })}
            />
          )}
        </div>
      </Part>
      <OverflowPart
        overflow={draft.overflow}
        others={others}
        isAsked={isAsked}
        onChange={(overflow) => change({ overflow })}
      />
      {queue !== null && !queue.isDefault && (
        <button
          type="button"
          className="button button--quiet settings-page__remove"
          onClick={() => setRemoving(true)}
        >
          {words.removeQueue}
        </button>
      )}
      {isRemoving && queue !== null && uses.length > 0 && (
        <InUseSheet name={queue.name} uses={uses} onClose={() => setRemoving(false)} />
      )}
      {isRemoving && queue !== null && uses.length === 0 && (
        <RemoveSheet
          words={words}
          title={words.removeTitle(queue.name)}
          text={words.removeQueueText(others.find(({ isDefault }) => isDefault)?.name ?? "")}
          problemOf={problemOfQueue}
          onRemove={async () => {
            await removeQueue(queue.id);
            showToast(words.removed(queue.name));
            goToSettings(...BACK);
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </Page>
  );
}

interface AboutProps {
  draft: QueueDraft;
  isAsked: boolean;
  onChange: (patch: Partial<QueueDraft>) => void;
}

/** What it is called, how urgent it is, and how much of an agent it takes. */
function About({ draft, isAsked, onChange }: AboutProps) {
  return (
    <Part title={words.about}>
      <div className="fields">
        <TextField
          label={words.name}
          value={draft.name}
          placeholder={words.queueNamePlaceholder}
          maxLength={255}
          autoComplete="off"
          problem={isAsked && draft.name.trim() === "" ? words.lacksName : undefined}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <div className="fields__two">
          <NumberField
            label={words.priority}
            hint={words.priorityHint}
            value={draft.priority}
            least={1}
            most={100}
            onChange={(priority) => onChange({ priority: priority ?? Number.NaN })}
          />
          <NumberField
            label={words.weight}
            hint={words.weightHint}
            value={draft.weight}
            least={1}
            most={1_000}
            onChange={(weight) => onChange({ weight: weight ?? Number.NaN })}
          />
        </div>
        <p className="field__problem" role="alert">
          {isAsked && hasOddNumbers(draft) && words.oddNumbers}
        </p>
      </div>
    </Part>
  );
}

/** Without what the server says of it and nobody can change. */
function hasOddNumbers({ priority, weight }: QueueDraft): boolean {
  return !isWithin(priority, 1, 100) || !isWithin(weight, 1, 1_000);
}

function lacks(draft: QueueDraft): boolean {
  const { name, overflow } = draft;
  return name.trim() === "" || hasOddNumbers(draft) || (overflow !== null && lacksTerms(overflow));
}
