import { words } from "./en.ts";
import { useKlasses } from "./klasses.ts";
import { fullNameOf } from "./names.ts";
import { PutTo } from "./PutTo.tsx";
import { openObject } from "./sheet.ts";
import type { KObject } from "./types.ts";

interface ObjectActionsProps {
  object: KObject;
  /** The one that is open; null beside none. */
  conversation: string | null;
}

/** What can be done with a record, at the foot of its card. */
export function ObjectActions({ object, conversation }: ObjectActionsProps) {
  const isEditable = useKlasses(({ klasses }) => klasses.get(object.klass)?.isEditable === true);
  return (
    <span className="object__actions">
      <button
        type="button"
        className="text-button object__put"
        aria-haspopup="dialog"
        onClick={() => openObject(object)}
      >
        {isEditable ? words.edit : words.details}
        <span className="sr-only">: {fullNameOf(object)}</span>
      </button>
      {conversation !== null && <PutTo object={object} conversation={conversation} />}
    </span>
  );
}
