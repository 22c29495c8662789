import { Select } from "../../forms/Fields.tsx";
import { Part } from "../Page.tsx";
import type { TermsPartProps } from "./CapacityPart.tsx";
import { words } from "./en.ts";
import type { Reach, Transfers } from "./profiles.ts";

const ANYWHERE: Transfers = { toQueues: "any", toTeams: "any", toAgents: "any" };
const PLACES = ["toQueues", "toTeams", "toAgents"] as const;

/** Where agents may give conversations by hand. */
export function TransfersPart({ terms, otherwise, followed, onChange }: TermsPartProps) {
  const { transfers } = terms;
  return (
    <Part title={words.transfers} text={words.transfersText}>
      <div className="fields">
        <Select
          label={words.transfersField}
          hint={words.transfersHint}
          value={transfers === null ? "follow" : "own"}
          options={[
            ["follow", followed],
            ["own", words.ownTransfers],
          ]}
          onPick={(picked) =>
            onChange({ transfers: picked === "follow" ? null : (otherwise.transfers ?? ANYWHERE) })
          }
        />
        {transfers !== null && (
          <div className="fields__two routing-inset">
            {PLACES.map((place) => (
              <Select
                key={place}
                label={words.places[place]}
                value={transfers[place]}
                options={Object.entries(words.reaches[place]) as [Reach, string][]}
                onPick={(reach) => onChange({ transfers: { ...transfers, [place]: reach } })}
              />
            ))}
          </div>
        )}
      </div>
    </Part>
  );
}
