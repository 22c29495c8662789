import { type FormEvent, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { showToast } from "../../toast/toast.ts";
import { Select, TextField, Tick } from "../Fields.tsx";
import { Part } from "../Page.tsx";
import { NumberField } from "../routing/NumberField.tsx";
import { type Draft, draftFrom, lackOf, scenarioFrom, type Today } from "./draft.ts";
import { words } from "./en.ts";
import { QueuesPart } from "./QueuesPart.tsx";
import { SkillsPart } from "./SkillsPart.tsx";
import { begin } from "./simulations.ts";

/** A scenario in plain forms, as it is today until one changes something. */
export function ScenarioForm({ today }: { today: Today }) {
  const [draft, setDraft] = useState(() => draftFrom(today, Date.now()));
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const change = (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch }));
  const lack = isAsked ? lackOf(draft, Date.now()) : null;
  const play = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (lackOf(draft, Date.now()) !== null) return;
    setBusy(true);
    try {
      const from = new Date(draft.from).toISOString();
      const to = new Date(draft.to).toISOString();
      const one = await begin({ name: draft.name, from, to, scenario: scenarioFrom(draft, today) });
      goToSettings("simulation", one.id);
    } catch (error) {
      setBusy(false);
      showToast(words.failed(wordsFor(error)), { tone: "problem" });
    }
  };
  return (
    <form className="scenario" noValidate onSubmit={(event) => void play(event)}>
      <Part title={words.period} text={words.periodText}>
        <div className="fields__two">
          <TextField
            label={words.from}
            type="datetime-local"
            value={draft.from}
            problem={lack === "period" ? words.badPeriod : undefined}
            onChange={(event) => change({ from: event.target.value })}
          />
          <TextField
            label={words.to}
            type="datetime-local"
            value={draft.to}
            onChange={(event) => change({ to: event.target.value })}
          />
          <TextField
            label={words.name}
            value={draft.name}
            maxLength={100}
            placeholder={words.namePlaceholder}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        </div>
      </Part>
      <PeoplePart draft={draft} today={today} onChange={change} />
      <Part title={words.capacity} text={words.capacityText}>
        <div className="fields__two">
          <NumberField
            label={words.everybody}
            value={draft.capacity}
            least={1}
            most={1_000}
            onChange={(capacity) => change({ capacity })}
          />
          {today.teams.map(({ id, name }) => (
            <NumberField
              key={id}
              label={name}
              value={draft.capacities[id] ?? null}
              least={1}
              most={1_000}
              onChange={(value) => change({ capacities: { ...draft.capacities, [id]: value } })}
            />
          ))}
        </div>
      </Part>
      <QueuesPart draft={draft} queues={today.queues} onChange={change} />
      {today.skills.length > 0 && <SkillsPart draft={draft} today={today} onChange={change} />}
      <Part title={words.load} text={words.loadText}>
        <NumberField
          label={words.factor}
          value={draft.load}
          least={5}
          most={500}
          onChange={(load) => change({ load })}
        />
      </Part>
      <div className="scenario__end">
        <p className="field__problem" role="alert">
          {lack === "period" ? words.badPeriod : lack === "number" ? words.outOfBounds : ""}
        </p>
        <button type="submit" className="button button--primary" disabled={isBusy}>
          {words.run}
        </button>
      </div>
    </form>
  );
}

interface PartProps {
  draft: Draft;
  today: Today;
  onChange: (patch: Partial<Draft>) => void;
}

function PeoplePart({ draft, today, onChange }: PartProps) {
  const teams = [["", words.noTeam] as const, ...today.teams.map(({ id, name }) => [id, name] as const)];
  const leaveOut = (id: string, isOut: boolean) => {
    const others = draft.without.filter((one) => one !== id);
    onChange({ without: isOut ? [...others, id] : others });
  };
  return (
    <Part title={words.people} text={words.peopleText}>
      <div className="fields__two">
        <NumberField
          label={words.more}
          value={draft.more}
          least={0}
          most={100}
          onChange={(more) => onChange({ more })}
        />
        {today.teams.length > 0 && (
          <Select
            label={words.moreTeam}
            value={draft.team}
            options={teams}
            onPick={(team) => onChange({ team })}
          />
        )}
      </div>
      <fieldset className="scenario__without">
        <legend className="field__label">{words.without}</legend>
        <div className="scenario__names">
          {today.agents.map(({ id, name }) => (
            <Tick
              key={id}
              label={name}
              isOn={draft.without.includes(id)}
              onTick={(isOn) => leaveOut(id, isOn)}
            />
          ))}
        </div>
      </fieldset>
    </Part>
  );
}
