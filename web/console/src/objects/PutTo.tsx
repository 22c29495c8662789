import { words } from "./en.ts";
import { putTo, takeFrom, useLink } from "./links.ts";
import { fullNameOf } from "./names.ts";
import type { KObject } from "./types.ts";

interface PutToProps {
  object: KObject;
  /** The one that is open. */
  conversation: string;
}

/** What the open conversation is about: this record, or not any more. */
export function PutTo({ object, conversation }: PutToProps) {
  const link = useLink(object.id);
  const isHere = link === conversation;
  const isElsewhere = link !== null && !isHere;
  return (
    <button
      type="button"
      className="text-button object__put"
      title={isElsewhere ? words.isElsewhere : undefined}
      onClick={() => void (isHere ? takeFrom : putTo)(object.id, conversation)}
    >
      {isHere ? words.takeFrom : words.putTo}
      <span className="sr-only">: {fullNameOf(object)}</span>
    </button>
  );
}
