import { useState } from "react";

import { Copyable } from "../Copyable.tsx";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import { LANGUAGES, type Language, PAGE_SNIPPET, SNIPPETS } from "./snippets.ts";

/** What to put on the server, and on the page. */
export function Signing() {
  const [language, setLanguage] = useState<Language>("node");
  return (
    <>
      <Part title={words.sign} text={words.signText}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border */}
        <div className="tabs" role="group" aria-label={words.languages}>
          {LANGUAGES.map((one) => (
            <button
              key={one}
              type="button"
              className="tabs__tab"
              aria-pressed={one === language}
              onClick={() => setLanguage(one)}
            >
              {words.language[one]}
            </button>
          ))}
        </div>
        <Copyable label={words.snippet(words.language[language])} text={SNIPPETS[language]} isLong />
      </Part>
      <Part title={words.page} text={words.pageText}>
        <Copyable label={words.pageSnippet} text={PAGE_SNIPPET} />
      </Part>
    </>
  );
}
