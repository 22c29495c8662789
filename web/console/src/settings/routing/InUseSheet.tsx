import { formatRoute } from "../../navigation/route.ts";
import { Sheet } from "../../picker/Sheet.tsx";
import { words } from "./serving-en.ts";
import type { Use } from "./uses.ts";

interface InUseSheetProps {
  name: string;
  uses: readonly Use[];
  onClose: () => void;
}

/** Why something stays: what uses it, and the way there. */
export function InUseSheet({ name, uses, onClose }: InUseSheetProps) {
  const title = words.inUseTitle(name);
  return (
    <Sheet title={title} anchor={null} onClose={onClose}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{title}</h2>
        <p className="sheet-form__text">{words.inUseText}</p>
        <ul className="uses">
          {uses.map((use) => (
            <li key={use.path.join("/")}>
              <a href={formatRoute({ screen: "settings", path: use.path })} dir="auto">
                {use.name}
              </a>
            </li>
          ))}
        </ul>
        <div className="sheet-form__actions">
          <button type="button" className="button" onClick={onClose}>
            {words.close}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
