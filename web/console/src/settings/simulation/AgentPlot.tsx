import { useState } from "react";

import { Select } from "../../forms/Fields.tsx";
import { words } from "./en.ts";
import { Figure } from "./Plots.tsx";
import type { World } from "./simulations.ts";

interface AgentPlotProps {
  before: World;
  after: World | null;
  from: number;
}

/** How much one agent had to do over time, in both worlds. */
export function AgentPlot({ before, after, from }: AgentPlotProps) {
  const everybody = [...(after ?? before).agents].sort((one, other) => one.name.localeCompare(other.name));
  const [picked, setPicked] = useState(everybody[0]?.id ?? "");
  const name = everybody.find(({ id }) => id === picked)?.name;
  if (name === undefined) return null;
  const times = before.whole.series.load.map((_, index) => from + index * before.bucketMs);
  const percents = (world: World) => {
    const busy = world.agents.find(({ id }) => id === picked)?.busy ?? [];
    return times.map((_, index) => percentOf(busy[index]));
  };
  return (
    <div className="agent-plot">
      <Select
        label={words.plotAgent}
        value={picked}
        options={everybody.map((agent) => [agent.id, agent.name] as const)}
        onPick={setPicked}
      />
      <Figure
        key={picked}
        label={words.plotBusy(name)}
        times={times}
        before={percents(before)}
        after={after === null ? null : percents(after)}
      />
    </div>
  );
}

function percentOf(share: number | null | undefined): number | null {
  return share === null || share === undefined ? null : Math.round(share * 100);
}
