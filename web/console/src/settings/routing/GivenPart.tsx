import { Select } from "../../forms/Fields.tsx";
import { Part } from "../Page.tsx";
import type { TermsPartProps } from "./CapacityPart.tsx";
import { words } from "./en.ts";
import { NumberField } from "./NumberField.tsx";
import type { Acceptance } from "./queues.ts";
import { YesNo } from "./YesNo.tsx";

const DAY = 86_400;
const YEAR_IN_DAYS = 365;

type GivenPartProps = TermsPartProps & { isForAll: boolean };

/** How work reaches an agent, and when it leaves them again. */
export function GivenPart({ terms, otherwise, followed, isForAll, onChange }: GivenPartProps) {
  const acceptance = terms.acceptance ?? otherwise.acceptance ?? "auto";
  const inDays = (seconds: number | null) => (seconds === null ? null : seconds / DAY);
  return (
    <Part title={words.given}>
      <div className="fields routing-pairs routing-pairs--wide">
        <Select
          label={words.acceptance}
          hint={words.acceptanceHint}
          value={terms.acceptance ?? "follow"}
          options={[
            ["follow", words.follows(followed, words.acceptances[otherwise.acceptance ?? "auto"])],
            ["auto", words.acceptances.auto],
            ["manual", words.acceptances.manual],
          ]}
          onPick={(picked) => onChange({ acceptance: picked === "follow" ? null : (picked as Acceptance) })}
        />
        {acceptance === "manual" && (
          <NumberField
            label={words.timeout}
            hint={words.timeoutHint}
            value={terms.acceptTimeoutSeconds}
            least={5}
            most={3_600}
            otherwise={otherwise.acceptTimeoutSeconds ?? 30}
            onChange={(acceptTimeoutSeconds) => onChange({ acceptTimeoutSeconds })}
          />
        )}
        <NumberField
          label={words.wrapUp}
          hint={words.wrapUpHint}
          value={terms.wrapUpSeconds}
          least={0}
          most={3_600}
          otherwise={otherwise.wrapUpSeconds ?? 0}
          onChange={(wrapUpSeconds) => onChange({ wrapUpSeconds })}
        />
        <YesNo
          label={words.requeue}
          hint={words.requeueHint}
          meanings={words.requeues}
          value={terms.requeueWhenOffline}
          otherwise={otherwise.requeueWhenOffline}
          followed={followed}
          onPick={(requeueWhenOffline) => onChange({ requeueWhenOffline })}
        />
        <YesNo
          label={words.reopened}
          hint={words.reopenedHint}
          meanings={words.reopens}
          value={terms.unassignWhenReopenedAway}
          otherwise={otherwise.unassignWhenReopenedAway}
          followed={followed}
          onPick={(unassignWhenReopenedAway) => onChange({ unassignWhenReopenedAway })}
        />
        <NumberField
          label={words.lastAgent}
          hint={words.lastAgentHint}
          value={inDays(terms.lastAgentFirstSeconds)}
          least={0}
          most={YEAR_IN_DAYS}
          otherwise={inDays(otherwise.lastAgentFirstSeconds ?? YEAR_IN_DAYS * DAY) ?? YEAR_IN_DAYS}
          onChange={(days) => onChange({ lastAgentFirstSeconds: days === null ? null : days * DAY })}
        />
        <NumberField
          label={words.hold}
          hint={words.holdHint}
          value={terms.lastAgentHoldSeconds}
          least={0}
          most={DAY}
          otherwise={otherwise.lastAgentHoldSeconds ?? 0}
          onChange={(lastAgentHoldSeconds) => onChange({ lastAgentHoldSeconds })}
        />
        {isForAll && (
          <NumberField
            label={words.languageHold}
            hint={words.languageHoldHint}
            value={terms.languageHoldSeconds}
            least={0}
            most={DAY}
            otherwise={otherwise.languageHoldSeconds ?? 120}
            onChange={(languageHoldSeconds) => onChange({ languageHoldSeconds })}
          />
        )}
      </div>
    </Part>
  );
}
