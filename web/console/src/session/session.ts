import { create } from "zustand";

import { api, onSignedOut } from "../api/api.ts";
import { isUnauthorized } from "../api/errors.ts";
import { isJson, list, text, textOrNull } from "../desk/reading.ts";
import { go } from "../navigation/navigation.ts";
import { HOME } from "../navigation/route.ts";
import { mayBeSignedIn, rememberSignedIn } from "./signed-in.ts";

export interface Me {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
  readonly isAdmin: boolean;
}

export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly widgetKey: string | null;
  readonly demoShopUrl: string | null;
}

/**
 * checking ──▶ in ── 401 anywhere ──▶ out (expired: the page stays as it is behind the form) ──▶ in
 *     └──────▶ out        └── sign out ──▶ out (everything of this browser is forgotten)
 */
interface Session {
  readonly state: "checking" | "unreachable" | "out" | "in";
  readonly isExpired: boolean;
  readonly me: Me | null;
  readonly organisation: Organisation | null;
}

export const useSession = create<Session>(() => ({
  state: "checking",
  isExpired: false,
  me: null,
  organisation: null,
}));

const whenForgetting = new Set<() => void>();

/** Called at sign-out: whatever this browser keeps of the agent or of customers must go. */
export function onForget(forget: () => void): void {
  whenForgetting.add(forget);
}

onSignedOut(() => {
  if (useSession.getState().state === "in") useSession.setState({ state: "out", isExpired: true });
});

/** Find out who this browser is signed in as. */
export async function resumeSession(): Promise<void> {
  if (!mayBeSignedIn()) {
    useSession.setState({ state: "out" });
    return;
  }
  try {
    await enter();
  } catch (error) {
    const isNobody = isUnauthorized(error);
    if (isNobody) rememberSignedIn(false);
    useSession.setState({ state: isNobody ? "out" : "unreachable" });
  }
}

export async function signIn(email: string, password: string): Promise<void> {
  await api.post("/v1/auth/tokens", { email, password, cookie: true });
  await enter();
}

export async function signInByLink(token: string): Promise<void> {
  await api.post("/v1/auth/links", { token, cookie: true });
  go(HOME, "replace");
  await enter();
}

export async function setUp(token: string, password: string): Promise<void> {
  await api.post("/v1/auth/setup", { token, password, cookie: true });
  go(HOME, "replace");
  await enter();
}

/** Rejects when the server did not end the session. Then nothing has changed, and nothing is forgotten. */
export async function endSession(): Promise<void> {
  try {
    await api.remove("/v1/auth/tokens/current");
  } catch (error) {
    // Over already: then only this browser is left to forget.
    if (!isUnauthorized(error)) throw error;
  }
  forget();
  rememberSignedIn(false);
  useSession.setState({ state: "out", isExpired: false, me: null, organisation: null });
  go(HOME, "replace");
}

async function enter(): Promise<void> {
  const [user, organisation] = await Promise.all([api.get("/v1/users/current"), api.get("/v1/orgs/current")]);
  const me: Me = {
    id: user.data.id,
    displayName: text(user.data.attributes.displayName) || text(user.data.attributes.name),
    email: text(user.data.attributes.email),
    isAdmin: readRoles(user.data.attributes).some(
      (role) => role === "admin" || role === "owner" || role === "org.admin",
    ),
  };
  // Another person at the same browser must not find the first one's words.
  const before = useSession.getState().me;
  if (before !== null && before.id !== me.id) forget();
  rememberSignedIn(true);
  useSession.setState({
    state: "in",
    isExpired: false,
    me,
    organisation: {
      id: organisation.data.id,
      name: text(organisation.data.attributes.name),
      widgetKey: textOrNull(organisation.data.attributes.widgetKey),
      demoShopUrl: textOrNull(organisation.data.attributes.demoShopUrl),
    },
  });
}

function forget(): void {
  for (const forgetOne of whenForgetting) forgetOne();
}

function readRoles(attributes: Readonly<Record<string, unknown>>): string[] {
  return [...list(attributes.roles), ...list(attributes.roleGroups)].map((role) =>
    isJson(role) ? text(role.name) : text(role),
  );
}
