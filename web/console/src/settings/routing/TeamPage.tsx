import { useCallback, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { TextArea, Tick } from "../../forms/Fields.tsx";
import { MovedOn } from "../MovedOn.tsx";
import { NothingYet, Page, Part, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { useUnsaved } from "../use-unsaved.ts";
import { CapacityPart } from "./CapacityPart.tsx";
import { words } from "./en.ts";
import { GivenPart } from "./GivenPart.tsx";
import { hasOddTerms } from "./lacks.ts";
import { MembersPart } from "./MembersPart.tsx";
import {
  changesOf,
  loadTeamProfile,
  type Profile,
  type Resolved,
  saveProfile,
  type Terms,
} from "./profiles.ts";
import type { Queue } from "./queues.ts";
import { TransfersPart } from "./TransfersPart.tsx";
import { useSaving } from "./use-saving.ts";

const BACK = ["routing", "teams"];
const MOST_QUEUES = 10;

/** How one team is given work, or everybody (`null`). */
export function TeamPage({ id }: { id: string | null }) {
  const load = useCallback(() => loadTeamProfile(id), [id]);
  const { loaded, reload } = useLoaded(load);
  if (loaded.state === "ready" && (id === null || loaded.data.name !== "")) {
    const { own, everybody, queues, name } = loaded.data;
    const around = { everybody, queues, name };
    return <Editor key={own.rev} before={own} {...around} onLoadAnew={reload} />;
  }
  return (
    <Page title={words.tabs.teams} text={words.teamText} back={BACK}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {() => <NothingYet title={words.goneTitle} text={words.goneText} />}
      </WhenLoaded>
    </Page>
  );
}

interface EditorProps {
  before: Profile;
  everybody: Profile;
  queues: readonly Queue[];
  name: string;
  onLoadAnew: () => void;
}

function Editor({ before, everybody, queues, name, onLoadAnew }: EditorProps) {
  const [draft, setDraft] = useState(before);
  const [isAsked, setAsked] = useState(false);
  useUnsaved(draft);
  const { isBusy, hasMoved, save } = useSaving("teams", wordsFor);
  const isTeam = draft.team !== null;
  const title = isTeam ? name : words.everybody;
  const change = (patch: Partial<Terms>) =>
    setDraft((old) => ({ ...old, terms: { ...old.terms, ...patch } }));
  const isOdd = hasOddTerms(draft.terms);
  const submit = () => {
    setAsked(true);
    if (!isOdd) void save(() => saveProfile(before, draft), words.teamSaved(title));
  };
  const parts = {
    terms: draft.terms,
    /** What holds where this one says nothing. */
    otherwise: isTeam ? everybody.holds : whenUnset(everybody),
    followed: isTeam ? words.asEverybody : words.asUsual,
    onChange: change,
  };
  return (
    <Page
      title={title}
      text={isTeam ? words.teamText : words.everybodyText}
      back={BACK}
      action={
        <button
          type="button"
          className="button button--primary"
          disabled={isBusy || Object.keys(changesOf(draft, before)).length === 0}
          onClick={submit}
        >
          {words.save}
        </button>
      }
    >
      {hasMoved && <MovedOn onLoadAnew={onLoadAnew} />}
      {draft.team !== null && (
        <>
          <QueuesPart draft={draft} queues={queues} onChange={(patch) => setDraft({ ...draft, ...patch })} />
          <MembersPart team={draft.team} isRouted={before.isEnabled} />
        </>
      )}
      <p className="field__problem" role="alert">
        {isAsked && isOdd && words.oddNumbers}
      </p>
      <CapacityPart {...parts} />
      <GivenPart {...parts} isForAll={!isTeam} />
      <TransfersPart {...parts} />
      {!isTeam && (
        <Part title={words.reasons} text={words.reasonsText}>
          <TextArea
            label={words.reasonsField}
            rows={5}
            value={draft.reasons.join("\n")}
            onChange={(event) => setDraft({ ...draft, reasons: event.target.value.split("\n") })}
            onBlur={() => setDraft({ ...draft, reasons: draft.reasons.map(trimmed).filter(Boolean) })}
          />
        </Part>
      )}
    </Page>
  );
}

function trimmed(line: string): string {
  return line.trim();
}

/** What everybody has that nobody ever said. Only the server knows it, and says it of what was not set. */
function whenUnset({ terms, holds }: Profile): Partial<Resolved> {
  return Object.fromEntries(
    Object.entries(holds).filter(([name]) => terms[name as keyof Terms] === null),
  ) as Partial<Resolved>;
}

interface QueuesPartProps {
  draft: Profile;
  queues: readonly Queue[];
  onChange: (patch: Partial<Profile>) => void;
}

/** Whether the team is given work by itself, and from where. */
function QueuesPart({ draft: { isEnabled, queues: served }, queues, onChange }: QueuesPartProps) {
  const isFull = served.length >= MOST_QUEUES;
  return (
    <Part title={words.serves} text={words.servesText}>
      <div className="fields">
        <Tick
          label={words.enabled}
          hint={words.enabledHint}
          isOn={isEnabled}
          onTick={(isOn) => onChange({ isEnabled: isOn })}
        />
        {isEnabled && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border
          <div role="group" aria-label={words.serves}>
            {queues
              .filter(({ id }) => !isFull || served.includes(id))
              .map(({ id, name, priority }) => (
                <Tick
                  key={id}
                  label={name}
                  hint={words.priorityIs(priority)}
                  isOn={served.includes(id)}
                  onTick={(isOn) =>
                    onChange({ queues: isOn ? [...served, id] : served.filter((one) => one !== id) })
                  }
                />
              ))}
            {isFull && <p className="field__hint">{words.mostQueues(MOST_QUEUES)}</p>}
          </div>
        )}
      </div>
    </Part>
  );
}
