import { useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { TextField, Tick } from "../../forms/Fields.tsx";
import { goToSettings } from "../../navigation/navigation.ts";
import { Sheet } from "../../picker/Sheet.tsx";
import { showToast } from "../../toast/toast.ts";
import { Copyable } from "../Copyable.tsx";
import { NotConfirmed, useConfirmed } from "../confirming.tsx";
import { NothingYet, Page, Part, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { useUnsaved } from "../use-unsaved.ts";
import { Deliveries } from "./Deliveries.tsx";
import { words } from "./en.ts";
import {
  changeIntegration,
  type Integration,
  isOutOfReach,
  loadIntegrations,
  removeIntegration,
} from "./integrations.ts";

/** One connected shop: the address it sends to, what arrived, and its settings. */
export function IntegrationPage({ id }: { id: string }) {
  const { loaded, reload } = useLoaded(loadIntegrations);
  const found = loaded.state === "ready" ? loaded.data.find((one) => one.id === id) : undefined;
  if (found === undefined) {
    return (
      <Page title={words.title} text={words.text} back={["integrations"]}>
        <WhenLoaded loaded={loaded} onRetry={reload}>
          {() => <NothingYet title={words.goneTitle} text={words.goneText} />}
        </WhenLoaded>
      </Page>
    );
  }
  return <Shown integration={found} onChanged={reload} />;
}

interface ShownProps {
  integration: Integration;
  onChanged: () => void;
}

function Shown({ integration, onChanged }: ShownProps) {
  const { id, name, provider, hookUrl } = integration;
  const [isRemoving, setRemoving] = useState(false);
  const { confirmed, sheet } = useConfirmed();
  return (
    <Page title={name} text={words.addressText[provider]} back={["integrations"]}>
      <Part title={words.address}>
        <Copyable label={words.address} text={hookUrl} />
        {isOutOfReach(hookUrl) && <p className="settings-page__warning">{words.outOfReach}</p>}
      </Part>
      <Deliveries integration={integration} onLook={onChanged} />
      <SettingsPart integration={integration} onChanged={onChanged} />
      <button
        type="button"
        className="button button--quiet settings-page__remove"
        onClick={() => setRemoving(true)}
      >
        {words.remove}
      </button>
      {isRemoving && (
        <RemoveSheet
          name={name}
          onRemove={() => confirmed(() => removeIntegration(id))}
          onClose={() => setRemoving(false)}
        />
      )}
      {sheet}
    </Page>
  );
}

function SettingsPart({ integration, onChanged }: ShownProps) {
  const [name, setName] = useState(integration.name);
  const [secret, setSecret] = useState("");
  const [isEnabled, setEnabled] = useState(integration.isEnabled);
  const isSame = name === integration.name && secret === "" && isEnabled === integration.isEnabled;
  useUnsaved(isSame, true);
  const { confirmed, sheet } = useConfirmed();
  const save = async () => {
    const changes = {
      name: name.trim(),
      status: isEnabled ? ("enabled" as const) : ("disabled" as const),
      ...(secret.trim() === "" ? {} : { secret: secret.trim() }),
    };
    try {
      await confirmed(() => changeIntegration(integration.id, changes));
      setSecret("");
      onChanged();
      showToast(words.saved);
    } catch (error) {
      if (!(error instanceof NotConfirmed)) showToast(words.failed(wordsFor(error)), { tone: "problem" });
    }
  };
  const saveButton = (
    <button
      type="button"
      className="button"
      disabled={isSame || name.trim() === ""}
      onClick={() => void save()}
    >
      {words.save}
    </button>
  );
  return (
    <Part title={words.settings} action={saveButton}>
      <div className="fields">
        <TextField
          label={words.name}
          value={name}
          maxLength={255}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={words.newSecret}
          hint={words.newSecretHint}
          value={secret}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setSecret(event.target.value)}
        />
        <Tick label={words.isEnabled} hint={words.isEnabledHint} isOn={isEnabled} onTick={setEnabled} />
      </div>
      {sheet}
    </Part>
  );
}

interface RemoveSheetProps {
  name: string;
  onRemove: () => Promise<void>;
  onClose: () => void;
}

function RemoveSheet({ name, onRemove, onClose }: RemoveSheetProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const remove = async () => {
    try {
      await onRemove();
      showToast(words.removed(name));
      goToSettings("integrations");
    } catch (error) {
      if (!(error instanceof NotConfirmed)) setProblem(wordsFor(error));
    }
  };
  const title = words.removeTitle(name);
  return (
    <Sheet title={title} anchor={null} onClose={onClose}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{title}</h2>
        <p className="sheet-form__text">{words.removeText}</p>
        <p className="sheet-form__problem" role="alert">
          {problem}
        </p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="button" className="button button--danger" onClick={() => void remove()}>
            {words.remove}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
