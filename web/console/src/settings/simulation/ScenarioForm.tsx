import { type FormEvent, useState } from "react";

import { serverNow } from "../../api/clock.ts";
import { problemOf } from "../../api/errors.ts";
import { TextField } from "../../forms/Fields.tsx";
import { goToSettings } from "../../navigation/navigation.ts";
import { Part } from "../Page.tsx";
import { NumberField } from "../routing/NumberField.tsx";
import { type Draft, draftFrom, type Lack, lackOf } from "./draft.ts";
import { words } from "./en.ts";
import { arrivedIn } from "./hours.ts";
import { JsonPart } from "./JsonPart.tsx";
import { LoadPart } from "./LoadPart.tsx";
import { OverflowsPart } from "./OverflowsPart.tsx";
import { PeoplePart } from "./PeoplePart.tsx";
import { QueuesPart } from "./QueuesPart.tsx";
import { RulesPart } from "./RulesPart.tsx";
import { SkillsPart } from "./SkillsPart.tsx";
import { numberAt, type Path, type Scenario, sent, withNumber } from "./scenario.ts";
import { begin, type Simulation } from "./simulations.ts";
import type { Today, Worked } from "./today.ts";

export interface PartProps {
  scenario: Scenario;
  today: Today;
  onChange: (scenario: Scenario) => void;
}

interface ScenarioFormProps {
  today: Today;
  /** What is played again, with something else. */
  before: Simulation | null;
  /** With what it begins. */
  worked: Worked | null;
}

/** A scenario in plain forms, as it is today until one changes something. */
export function ScenarioForm({ today, before, worked }: ScenarioFormProps) {
  const [draft, setDraft] = useState(() => draftFrom(serverNow(), before, worked));
  const { isBusy, problem, lack, play } = usePlaying(draft);
  const change = (patch: Partial<Draft>) => setDraft((old) => ({ ...old, ...patch }));
  const rest = {
    scenario: draft.scenario,
    today,
    onChange: (scenario: Scenario) => change({ scenario, unread: null }),
  };
  return (
    <form className="scenario" noValidate onSubmit={(event) => void play(event)}>
      <PeriodPart draft={draft} lack={lack} onChange={change} />
      {/* While the JSON below cannot be read, what is said here would take its place. */}
      <fieldset className="scenario__fields" disabled={draft.unread !== null}>
        <PeoplePart {...rest} />
        <CapacityPart {...rest} />
        <QueuesPart {...rest} />
        <OverflowsPart {...rest} />
        <RulesPart {...rest} />
        {today.skills.length > 0 && <SkillsPart {...rest} />}
        <LoadPart
          {...rest}
          from={Date.parse(draft.from) || serverNow()}
          arrived={before === null ? null : arrivedIn(before)}
        />
      </fieldset>
      <JsonPart
        scenario={draft.scenario}
        unread={draft.unread}
        onChange={rest.onChange}
        onUnread={(unread) => change({ unread })}
      />
      <div className="scenario__end">
        <p className="field__problem" role="alert">
          {lack === null ? problem : words.lacks[lack]}
        </p>
        <button type="submit" className="button button--primary" disabled={isBusy}>
          {words.run}
        </button>
      </div>
    </form>
  );
}

/** Asks for it, and says why it is not played where it is not. */
function usePlaying(draft: Draft) {
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const play = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    setProblem("");
    if (lackOf(draft, serverNow()) !== null) return;
    setBusy(true);
    try {
      const from = new Date(draft.from).toISOString();
      const to = new Date(draft.to).toISOString();
      const one = await begin({ name: draft.name, from, to, scenario: sent(draft.scenario) });
      goToSettings("simulation", one.id);
    } catch (error) {
      setBusy(false);
      setProblem(problemOf(error));
    }
  };
  return { isBusy, problem, lack: isAsked ? lackOf(draft, serverNow()) : null, play };
}

interface PeriodPartProps {
  draft: Draft;
  lack: Lack | null;
  onChange: (patch: Partial<Draft>) => void;
}

/** What is wrong with the period stands under the end of it that has to change. */
function PeriodPart({ draft, lack, onChange }: PeriodPartProps) {
  const problemIn = (lacks: readonly Lack[]) =>
    lack !== null && lacks.includes(lack) ? words.lacks[lack] : undefined;
  return (
    <Part title={words.period} text={words.periodText}>
      <div className="fields__two">
        <TextField
          label={words.from}
          type="datetime-local"
          value={draft.from}
          problem={problemIn(["noBegin", "backwards", "tooLong"])}
          onChange={(event) => onChange({ from: event.target.value })}
        />
        <TextField
          label={words.to}
          type="datetime-local"
          value={draft.to}
          problem={problemIn(["noEnd", "future"])}
          onChange={(event) => onChange({ to: event.target.value })}
        />
        <TextField
          label={words.name}
          value={draft.name}
          maxLength={100}
          placeholder={words.namePlaceholder}
          autoComplete="off"
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </div>
    </Part>
  );
}

function CapacityPart({ scenario, today, onChange }: PartProps) {
  const field = (team: string, name: string, capacity: number) => {
    const path: Path = ["teams", team, "capacityPerAgent"];
    return (
      <NumberField
        key={team}
        label={name}
        value={numberAt(scenario, path, capacity)}
        least={1}
        most={1_000}
        onChange={(value) => onChange(withNumber(scenario, path, value, capacity))}
      />
    );
  };
  return (
    <Part title={words.capacity} text={words.capacityText}>
      <div className="fields__two">
        {field("", words.everybody, today.capacity)}
        {today.teams.map(({ id, name, capacity }) => field(id, name, capacity))}
      </div>
    </Part>
  );
}
