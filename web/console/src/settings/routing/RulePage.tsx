import { useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { Select, TextField, Tick } from "../../forms/Fields.tsx";
import { goToSettings } from "../../navigation/navigation.ts";
import { showToast } from "../../toast/toast.ts";
import { kindIn } from "../../views/fields.ts";
import { CriteriaPart } from "../CriteriaPart.tsx";
import { MovedOn } from "../MovedOn.tsx";
import { NothingYet, Page, Part, WhenLoaded } from "../Page.tsx";
import { RemoveSheet } from "../RemoveSheet.tsx";
import { useCriteriaFields } from "../slas/fields.ts";
import { withQuery } from "../slas/slas.ts";
import { useLoaded } from "../use-loaded.ts";
import { useUnsaved } from "../use-unsaved.ts";
import { words } from "./en.ts";
import { isWithin } from "./lacks.ts";
import { NumberField } from "./NumberField.tsx";
import { RequiredSkills } from "./RequiredSkills.tsx";
import { loadRules, newRule, type Rule, type RuleDraft, type Rules, removeRule, saveRule } from "./rules.ts";
import { useSaving } from "./use-saving.ts";

const BACK = ["routing", "rules"];

interface RulePageProps {
  id: string | null;
  /** The queue that a new one begins with. */
  into?: string | null;
}

/** One rule, or one that is being made (`null`). */
export function RulePage({ id, into = null }: RulePageProps) {
  const { loaded, reload } = useLoaded(loadRules);
  const known = loaded.state === "ready" ? loaded.data.rules.find((one) => one.id === id) : undefined;
  if (loaded.state === "ready" && (id === null || known !== undefined))
    return <Editor key={known?.rev} rule={known ?? null} all={loaded.data} into={into} onLoadAnew={reload} />;
  return (
    <Page title={words.tabs.rules} text={words.ruleText} back={BACK}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {() => <NothingYet title={words.goneTitle} text={words.goneText} />}
      </WhenLoaded>
    </Page>
  );
}

interface EditorProps {
  rule: Rule | null;
  all: Rules;
  into: string | null;
  onLoadAnew: () => void;
}

function Editor({ rule, all: { queues, skills, agents }, into, onLoadAnew }: EditorProps) {
  const [draft, setDraft] = useState<RuleDraft>(() => rule ?? newRule(queues, into));
  const [isAsked, setAsked] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  useUnsaved(draft);
  const { isBusy, hasMoved, save } = useSaving("rules", wordsFor);
  const fields = useCriteriaFields();
  const change = (patch: Partial<RuleDraft>) => setDraft((old) => ({ ...old, ...patch }));
  const submit = () => {
    setAsked(true);
    if (draft.name.trim() === "" || !isWithin(draft.priority, 1, 100)) return;
    void save(() => saveRule(rule, draft), words.ruleSaved(draft.name.trim()));
  };
  return (
    <Page
      title={rule?.name ?? words.newRule}
      text={words.ruleText}
      back={BACK}
      action={
        <button type="button" className="button button--primary" disabled={isBusy} onClick={submit}>
          {words.save}
        </button>
      }
    >
      {hasMoved && <MovedOn onLoadAnew={onLoadAnew} />}
      <Part title={words.about}>
        <div className="fields">
          <TextField
            label={words.name}
            value={draft.name}
            placeholder={words.ruleNamePlaceholder}
            maxLength={255}
            autoComplete="off"
            problem={isAsked && draft.name.trim() === "" ? words.lacksName : undefined}
            onChange={(event) => change({ name: event.target.value })}
          />
          <Tick
            label={words.isOn}
            hint={words.isOnHint}
            isOn={draft.isEnabled}
            onTick={(isEnabled) => change({ isEnabled })}
          />
        </div>
      </Part>
      <CriteriaPart
        words={words}
        title={words.when}
        text={words.whenText}
        query={draft.query}
        fields={fields}
        onChange={(query) => setDraft(withQuery(draft, query, kindIn(fields)))}
      />
      <Part title={words.what}>
        <div className="fields">
          <div className="fields__two">
            <Select
              label={words.intoQueue}
              value={draft.queue}
              options={queues.map(({ id, name }) => [id, name] as const)}
              onPick={(queue) => change({ queue })}
            />
            <NumberField
              label={words.priority}
              hint={words.rulePriorityHint}
              value={draft.priority}
              least={1}
              most={100}
              otherwise={queues.find(({ id }) => id === draft.queue)?.priority ?? 50}
              onChange={(priority) => change({ priority })}
            />
          </div>
          <p className="field__problem" role="alert">
            {isAsked && !isWithin(draft.priority, 1, 100) && words.oddNumbers}
          </p>
          {(agents.length > 0 || draft.preferred !== null) && (
            <Select
              label={words.preferred}
              hint={words.preferredHint}
              value={draft.preferred ?? ""}
              options={[["", words.noPreferred], ...agents.map(({ id, name }) => [id, name] as const)]}
              onPick={(picked) => change({ preferred: picked === "" ? null : picked })}
            />
          )}
          <RequiredSkills
            required={draft.skills}
            skills={skills}
            onChange={(required) => change({ skills: required })}
          />
        </div>
      </Part>
      {rule !== null && (
        <button
          type="button"
          className="button button--quiet settings-page__remove"
          onClick={() => setRemoving(true)}
        >
          {words.removeRule}
        </button>
      )}
      {isRemoving && rule !== null && (
        <RemoveSheet
          words={words}
          title={words.removeTitle(rule.name)}
          text={words.removeRuleText}
          problemOf={wordsFor}
          onRemove={async () => {
            await removeRule(rule.id);
            showToast(words.removed(rule.name));
            goToSettings(...BACK);
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </Page>
  );
}
