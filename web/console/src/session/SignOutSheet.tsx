import { Sheet } from "../picker/Sheet.tsx";
import { words } from "./en.ts";
import { signOut } from "./sign-out.ts";

/** Asks before words are deleted that are nowhere else. */
export function SignOutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title={words.unsentTitle} anchor={null} onClose={onClose}>
      <div className="sign-out">
        <h2 className="sign-out__title">{words.unsentTitle}</h2>
        <p className="sign-out__text">{words.unsentText}</p>
        <div className="sign-out__actions">
          <button
            type="button"
            className="button button--quiet"
            onClick={() => void signOut({ evenUnsent: true })}
          >
            {words.signOutAnyway}
          </button>
          <button type="button" className="button button--primary" onClick={onClose}>
            {words.stay}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
