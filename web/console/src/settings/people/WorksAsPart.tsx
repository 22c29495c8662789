import { useCallback } from "react";

import { wordsFor } from "../../api/errors.ts";
import { Select } from "../../forms/Fields.tsx";
import { showToast } from "../../toast/toast.ts";
import { Part, WhenLoaded } from "../Page.tsx";
import { words } from "../routing/serving-en.ts";
import { letWorkAs, loadWorksAs, type WorksAs } from "../routing/working.ts";
import { useLoaded } from "../use-loaded.ts";

/** As which of their teams an agent is given work. */
export function WorksAsPart({ agent }: { agent: string }) {
  const load = useCallback(() => loadWorksAs(agent), [agent]);
  const { loaded, reload } = useLoaded(load);
  const choose = async ({ worker, teams }: WorksAs, team: string | null) => {
    try {
      await letWorkAs(agent, team);
      const name = teams.find(({ id }) => id === team)?.name;
      showToast(name === undefined ? words.agentBack(worker.name) : words.agentChanged(worker.name, name));
    } catch (error) {
      showToast(words.failed(wordsFor(error)), { tone: "problem" });
    }
    reload();
  };
  return (
    <Part title={words.agentTitle} text={words.agentText}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(works) => <Choice works={works} onChoose={(team) => void choose(works, team)} />}
      </WhenLoaded>
    </Part>
  );
}

interface ChoiceProps {
  works: WorksAs;
  onChoose: (team: string | null) => void;
}

function Choice({ works: { worker, teams }, onChoose }: ChoiceProps) {
  const [first, second] = teams;
  if (first === undefined) return <p className="field__hint">{words.agentNoTeam(worker.name)}</p>;
  if (second === undefined)
    return <p className="field__hint">{words.agentOneTeam(worker.name, first.name)}</p>;
  const chosen = teams.some(({ id }) => id === worker.chosen) ? worker.chosen : null;
  const now = teams.find(({ id }) => id === worker.team) ?? first;
  return (
    <div className="fields__two">
      <Select
        label={words.agentTeam}
        hint={words.agentNow(worker.name, now.name)}
        value={chosen ?? ""}
        options={[["", words.agentFirst(first.name)], ...teams.map(({ id, name }) => [id, name] as const)]}
        onPick={(picked) => onChoose(picked === "" ? null : picked)}
      />
    </div>
  );
}
