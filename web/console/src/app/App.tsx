import { lazy, type ReactNode, Suspense, useEffect, useLayoutEffect, useRef } from "react";

import { isWriting } from "../keyboard/keys.ts";
import { useTryingAgain } from "../live/use-again.ts";
import { useNavigation } from "../navigation/navigation.ts";
import { words } from "../session/en.ts";
import { SignIn } from "../session/SignIn.tsx";
import { resumeSession, useSession } from "../session/session.ts";
import { DeskScreen } from "./DeskScreen.tsx";
import { LoadingScreen } from "./LoadingScreen.tsx";

// Opened from a link, once.
const LinkScreen = lazy(() =>
  import("../session/LinkScreen.tsx").then((module) => ({ default: module.LinkScreen })),
);
const SetupScreen = lazy(() =>
  import("../session/SetupScreen.tsx").then((module) => ({ default: module.SetupScreen })),
);

/** Which screen: by the address, and by who this browser is signed in as. */
export function App() {
  const { route } = useNavigation();
  const { state, isExpired, me } = useSession();
  const isDoor = route.screen === "link" || route.screen === "setup";
  useEffect(() => {
    if (!isDoor) void resumeSession();
  }, [isDoor]);

  if (route.screen === "link")
    return (
      <Door>
        <LinkScreen token={route.token} />
      </Door>
    );
  if (route.screen === "setup")
    return (
      <Door>
        <SetupScreen token={route.token} />
      </Door>
    );
  if (state === "checking") return <LoadingScreen />;
  if (state === "unreachable") return <Unreachable />;
  // The session ended under an agent's hands: the page stays behind the form, with everything they wrote.
  if (me !== null && (state === "in" || isExpired)) {
    return (
      <>
        <DeskScreen key={me.id} me={me} route={route} />
        {state === "out" && <ExpiredDialog email={me.email} />}
      </>
    );
  }
  return (
    <Door>
      <SignIn />
    </Door>
  );
}

function Door({ children }: { children: ReactNode }) {
  return (
    <main className="door-page">
      <Suspense fallback={null}>{children}</Suspense>
    </main>
  );
}

const PAUSE_MS = 1_200;

/** Waits for a pause in the typing: the end of a sentence must not land in the password field. */
function ExpiredDialog({ email }: { email: string }) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      removeEventListener("keydown", later, true);
      dialog?.showModal();
      // The address is known; only the password is asked for.
      dialog?.querySelector<HTMLInputElement>("input[type=password]")?.focus();
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(show, PAUSE_MS);
    };
    addEventListener("keydown", later, true);
    if (isWriting(document.activeElement)) later();
    else show();
    return () => {
      clearTimeout(timer);
      removeEventListener("keydown", later, true);
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className="door-dialog"
      aria-label={words.expiredTitle}
      onCancel={(event) => event.preventDefault()}
    >
      <SignIn email={email} />
    </dialog>
  );
}

function Unreachable() {
  useTryingAgain(true, resumeSession);
  return (
    <Door>
      <div className="empty" role="alert">
        <p className="empty__title">{words.unreachableTitle}</p>
        <p className="empty__text">{words.unreachableText}</p>
        <button type="button" className="button" onClick={() => void resumeSession()}>
          {words.tryAgain}
        </button>
      </div>
    </Door>
  );
}
