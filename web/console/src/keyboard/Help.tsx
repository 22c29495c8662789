import { X } from "lucide-react";
import { Fragment } from "react";

import { Sheet } from "../picker/Sheet.tsx";
import type { Group } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { words } from "./en.ts";
import { keyLabels } from "./key-labels.ts";
import "./help.css";

const GROUPS = Object.keys(words.groups) as Group[];

/** All shortcuts, as they are in the table that runs them. */
export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title={words.helpTitle} anchor={null} onClose={onClose} className="sheet--wide">
      <header className="help__header">
        <h2 className="help__title">{words.helpTitle}</h2>
        <button type="button" className="icon-button" aria-label={words.close} onClick={onClose}>
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      <section
        className="help"
        aria-label={words.helpTitle}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {GROUPS.map((group) => (
          <section key={group} className="help__group">
            <h3 className="help__group-title">{words.groups[group]}</h3>
            <dl className="help__keys">
              {COMMANDS.filter((command) => command.group === group && command.keys.length > 0).map(
                (command) => (
                  <div key={command.id} className="help__row">
                    <dt>{command.label}</dt>
                    <dd>
                      {command.keys.map((keys, index) => (
                        <Fragment key={keys}>
                          {index > 0 && " / "}
                          {keyLabels(keys).map((label) => (
                            <kbd key={label} className="key">
                              {label}
                            </kbd>
                          ))}
                        </Fragment>
                      ))}
                    </dd>
                  </div>
                ),
              )}
            </dl>
          </section>
        ))}
      </section>
    </Sheet>
  );
}
