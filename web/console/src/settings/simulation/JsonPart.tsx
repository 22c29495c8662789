import { useState } from "react";

import { isJson } from "../../desk/reading.ts";
import { TextArea } from "../../forms/Fields.tsx";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import type { Scenario } from "./scenario.ts";

interface JsonPartProps {
  scenario: Scenario;
  /** What was typed and is no JSON. */
  unread: string | null;
  onChange: (scenario: Scenario) => void;
  onUnread: (text: string) => void;
}

/** The same scenario as it is sent, for whoever would rather type it, or has it from elsewhere. */
export function JsonPart({ scenario, unread, onChange, onUnread }: JsonPartProps) {
  // What is typed stays as it was typed until the form says something else.
  const [typed, setTyped] = useState<{ readonly text: string; readonly of: Scenario } | null>(null);
  const text = unread ?? (typed?.of === scenario ? typed.text : JSON.stringify(scenario, null, 2));
  const type = (next: string) => {
    const read = readJson(next);
    if (read === null) {
      onUnread(next);
      return;
    }
    setTyped({ text: next, of: read });
    onChange(read);
  };
  return (
    <Part title={words.json} text={words.jsonText}>
      <details className="scenario__fold">
        <summary>{words.jsonShow}</summary>
        <TextArea
          label={words.jsonLabel}
          value={text}
          rows={12}
          spellCheck={false}
          autoComplete="off"
          dir="ltr"
          problem={unread === null ? undefined : words.badJson}
          onChange={(event) => type(event.target.value)}
        />
      </details>
    </Part>
  );
}

function readJson(text: string): Scenario | null {
  try {
    const value: unknown = JSON.parse(text === "" ? "{}" : text);
    return isJson(value) ? value : null;
  } catch {
    return null;
  }
}
