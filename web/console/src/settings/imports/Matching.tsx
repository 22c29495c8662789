import { useId } from "react";

import { Select, Tick } from "../../forms/Fields.tsx";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import { type Choice, mappingOf, possibleKeys, withKey } from "./mapping.ts";

interface MatchingProps {
  choice: Choice;
  onChoice: (choice: Choice) => void;
}

/** Who is here already, and what happens to them. */
export function Matching({ choice, onChoice }: MatchingProps) {
  const id = useId();
  const possible = possibleKeys(choice);
  const { matchBy } = mappingOf(choice);
  return (
    <Part title={words.known} text={possible.length === 0 ? words.noKeys : undefined}>
      {possible.length > 0 && (
        <div className="fields matching">
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border */}
          <div role="group" aria-labelledby={id}>
            <p className="field__hint" id={id}>
              {words.knownText}
            </p>
            {possible.map((key) => (
              <Tick
                key={key}
                label={words.keys[key]}
                isOn={choice.keys.includes(key)}
                onTick={(isOn) => onChoice(withKey(choice, key, isOn))}
              />
            ))}
          </div>
          {matchBy.length === 0 ? (
            <p className="field__hint">{words.allNew}</p>
          ) : (
            <Select
              label={words.onMatch}
              value={choice.onMatch}
              options={words.onMatches}
              onPick={(onMatch) => onChoice({ ...choice, onMatch })}
            />
          )}
        </div>
      )}
    </Part>
  );
}
