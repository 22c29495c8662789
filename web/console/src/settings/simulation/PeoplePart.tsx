import { Plus, X } from "lucide-react";

import { numberOrNull, text } from "../../desk/reading.ts";
import { Select, Tick } from "../../forms/Fields.tsx";
import { Part } from "../Page.tsx";
import { NumberField } from "../routing/NumberField.tsx";
import { words } from "./en.ts";
import type { PartProps } from "./ScenarioForm.tsx";
import {
  groupsOf,
  type Json,
  leftOut,
  type Presence,
  presenceOf,
  saidAt,
  withGroups,
  withLeftOut,
  withPresence,
  withSaid,
} from "./scenario.ts";
import type { Today } from "./today.ts";

const ACCEPT = ["acceptSeconds"] as const;

/** Who is there as well, when, and who is not; and how quick those are of whom nobody knows. */
export function PeoplePart({ scenario, today, onChange }: PartProps) {
  const said = groupsOf(scenario);
  const groups = said.length === 0 ? [nobodyIn(today)] : said;
  const left = leftOut(scenario);
  const changeGroup = (place: number, group: Json) =>
    onChange(
      withGroups(
        scenario,
        groups.map((one, index) => (index === place ? group : one)),
      ),
    );
  return (
    <Part title={words.people} text={words.peopleText}>
      <div className="fields">
        {groups.map((group, place) => (
          <Group
            // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place in the list
            key={place}
            group={group}
            today={today}
            onChange={(changed) => changeGroup(place, changed)}
            onRemove={
              said.length > 1
                ? () =>
                    onChange(
                      withGroups(
                        scenario,
                        said.filter((_, index) => index !== place),
                      ),
                    )
                : null
            }
          />
        ))}
        <button
          type="button"
          className="button scenario__add"
          onClick={() => onChange(withGroups(scenario, [...groups, { ...nobodyIn(today), count: 1 }]))}
        >
          <Plus size={15} aria-hidden="true" />
          {words.addGroup}
        </button>
        <fieldset className="scenario__without">
          <legend className="field__label">{words.without}</legend>
          <div className="scenario__names">
            {today.agents.map(({ id, name }) => (
              <Tick
                key={id}
                label={name}
                isOn={left.includes(id)}
                onTick={(isOut) => onChange(withLeftOut(scenario, id, isOut))}
              />
            ))}
          </div>
        </fieldset>
        <NumberField
          label={words.accept}
          hint={words.acceptHint}
          value={numberOrNull(saidAt(scenario, ACCEPT))}
          least={0}
          most={86_400}
          onChange={(seconds) => onChange(withSaid(scenario, ACCEPT, seconds ?? undefined))}
        />
      </div>
    </Part>
  );
}

/** Where teams serve the queues, whoever is in none has nothing to do. */
function nobodyIn({ teams: [first] }: Today): Json {
  return { count: 0, ...(first === undefined ? {} : { team: first.id }) };
}

interface GroupProps {
  group: Json;
  today: Today;
  onChange: (group: Json) => void;
  onRemove: (() => void) | null;
}

function Group({ group, today, onChange, onRemove }: GroupProps) {
  const pickTeam = (team: string) => {
    const { team: _, ...others } = group;
    onChange(team === "" ? others : { ...others, team });
  };
  const options: (readonly [Presence, string])[] = [
    ["", words.likeAnybody],
    ...today.schedules.map(({ id, name }) => [`schedule:${id}`, words.inHoursOf(name)] as const),
    ...today.agents.map(({ id, name }) => [`like:${id}`, words.likeOne(name)] as const),
  ];
  const presence = presenceOf(group);
  const isKnown = options.some(([one]) => one === presence);
  return (
    <div className="scenario__group">
      <NumberField
        label={words.more}
        value={group.count === undefined ? 1 : numberOrNull(group.count)}
        least={0}
        most={100}
        onChange={(count) => onChange({ ...group, count })}
      />
      {today.teams.length > 0 && (
        <Select
          label={words.moreTeam}
          value={text(group.team)}
          options={[["", words.noTeam], ...today.teams.map(({ id, name }) => [id, name] as const)]}
          onPick={pickTeam}
        />
      )}
      <Select
        label={words.moreLike}
        value={presence}
        options={isKnown ? options : [...options, [presence, words.unknownHours]]}
        onPick={(picked) => onChange(withPresence(group, picked))}
      />
      {onRemove !== null && (
        <button
          type="button"
          className="icon-button scenario__group-remove"
          aria-label={words.removeGroup}
          onClick={onRemove}
        >
          <X size={15} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
