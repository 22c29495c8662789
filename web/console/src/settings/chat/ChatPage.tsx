import { useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { TextArea, TextField, Tick } from "../../forms/Fields.tsx";
import { useSession } from "../../session/session.ts";
import { showToast } from "../../toast/toast.ts";
import { Copyable } from "../Copyable.tsx";
import { Page, Part, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { useUnsaved } from "../use-unsaved.ts";
import {
  type Appearance,
  changesOf,
  domainsFrom,
  loadAppearance,
  queryNamesFrom,
  saveAppearance,
} from "./appearance.ts";
import { ChatPreview } from "./ChatPreview.tsx";
import { words } from "./en.ts";
import { HoursPart } from "./HoursPart.tsx";
import "./chat.css";

/** How the chat looks and behaves, with a picture of it beside. */
export function ChatPage() {
  const { loaded, reload, show } = useLoaded(loadAppearance);
  if (loaded.state !== "ready") {
    return (
      <Page title={words.title} text={words.text}>
        <WhenLoaded loaded={loaded} onRetry={reload}>
          {() => null}
        </WhenLoaded>
      </Page>
    );
  }
  return <Editor key={JSON.stringify(loaded.data)} appearance={loaded.data} onSaved={show} />;
}

interface EditorProps {
  appearance: Appearance;
  onSaved: (appearance: Appearance) => void;
}

function Editor({ appearance, onSaved }: EditorProps) {
  const [draft, setDraft] = useState(appearance);
  useUnsaved(draft, appearance);
  const [isBusy, setBusy] = useState(false);
  const change = (patch: Partial<Appearance>) => setDraft({ ...draft, ...patch });
  const isSame = Object.keys(changesOf(draft, appearance)).length === 0;
  const save = async () => {
    setBusy(true);
    try {
      onSaved(await saveAppearance(draft, appearance));
      showToast(words.saved);
    } catch (error) {
      showToast(words.failed(wordsFor(error)), { tone: "problem" });
    }
    setBusy(false);
  };
  const saveButton = (
    <button
      type="button"
      className="button button--primary"
      disabled={isSame || isBusy}
      onClick={() => void save()}
    >
      {words.save}
    </button>
  );
  return (
    <Page title={words.title} text={words.text} action={saveButton}>
      <div className="with-preview">
        <div className="with-preview__main">
          <Looks draft={draft} onChange={change} />
          <Behaviour draft={draft} onChange={change} />
          <HoursPart draft={draft} onChange={change} />
          <Sites draft={draft} onChange={change} />
          <Pages draft={draft} onChange={change} />
          <Install />
        </div>
        <div className="with-preview__preview">
          <p className="with-preview__title">{words.preview}</p>
          <ChatPreview appearance={draft} />
        </div>
      </div>
    </Page>
  );
}

export interface PartProps {
  draft: Appearance;
  onChange: (patch: Partial<Appearance>) => void;
}

function Looks({ draft, onChange }: PartProps) {
  return (
    <Part title={words.looks}>
      <div className="fields">
        <TextField
          label={words.teamName}
          value={draft.teamName}
          placeholder={words.teamNamePlaceholder}
          maxLength={255}
          autoComplete="off"
          onChange={(event) => onChange({ teamName: event.target.value })}
        />
        <TextField
          label={words.accent}
          hint={words.accentHint}
          type="color"
          value={draft.accent}
          onChange={(event) => onChange({ accent: event.target.value })}
        />
        <TextField
          label={words.teamIconUrl}
          hint={words.teamIconUrlHint}
          type="url"
          value={draft.teamIconUrl}
          autoComplete="off"
          onChange={(event) => onChange({ teamIconUrl: event.target.value })}
        />
        <TextArea
          label={words.greeting}
          hint={words.greetingHint}
          rows={2}
          maxLength={2_000}
          value={draft.greeting}
          onChange={(event) => onChange({ greeting: event.target.value })}
        />
        <TextArea
          label={words.waitMessage}
          hint={words.waitMessageHint}
          rows={2}
          maxLength={2_000}
          value={draft.waitMessage}
          onChange={(event) => onChange({ waitMessage: event.target.value })}
        />
      </div>
    </Part>
  );
}

const SWITCHES = [
  "showTypingIndicatorWeb",
  "showTypingIndicatorCustomerWeb",
  "closableChat",
  "noHistory",
] as const;

function Behaviour({ draft, onChange }: PartProps) {
  return (
    <Part title={words.behaves}>
      {SWITCHES.map((name) => (
        <Tick
          key={name}
          label={words[name]}
          isOn={draft[name]}
          onTick={(isOn) => onChange({ [name]: isOn })}
        />
      ))}
    </Part>
  );
}

/** What is written stays as it is written for as long as the page is open. */
function Sites({ draft, onChange }: PartProps) {
  const [written, setWritten] = useState(draft.allowedDomains.join("\n"));
  return (
    <Part title={words.sites} text={words.sitesText}>
      <div className="fields">
        <TextArea
          label={words.domains}
          hint={words.domainsHint}
          rows={3}
          spellCheck={false}
          value={written}
          onChange={(event) => {
            setWritten(event.target.value);
            onChange({ allowedDomains: domainsFrom(event.target.value) });
          }}
        />
        <Tick
          label={words.enabled}
          hint={words.enabledHint}
          isOn={draft.enabled}
          onTick={(enabled) => onChange({ enabled })}
        />
      </div>
    </Part>
  );
}

function Pages({ draft, onChange }: PartProps) {
  const [written, setWritten] = useState(draft.keptQuery.join("\n"));
  return (
    <Part title={words.pages} text={words.pagesText}>
      <div className="fields">
        <TextArea
          label={words.keptQuery}
          hint={words.keptQueryHint}
          rows={2}
          spellCheck={false}
          value={written}
          onChange={(event) => {
            setWritten(event.target.value);
            onChange({ keptQuery: queryNamesFrom(event.target.value) });
          }}
        />
      </div>
    </Part>
  );
}

function Install() {
  const key = useSession(({ organisation }) => organisation?.widgetKey);
  if (key == null) return null;
  const line = `<script src="${location.origin}/widget.js" data-kithdesk-key="${key}" async></script>`;
  return (
    <Part title={words.install} text={words.installText}>
      <Copyable label={words.installLabel} text={line} />
    </Part>
  );
}
