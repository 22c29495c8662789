/*
 * Whether somebody is signed in at this browser. The session's cookie is out of our reach, and to ask the server would
 * be to be refused wherever nobody is.
 */
const KEY = "kithdesk.signed-in";

/** Where storage is forbidden nobody knows, and the server has to be asked. */
export function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return true;
  }
}

export function rememberSignedIn(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(KEY, "yes");
    else localStorage.removeItem(KEY);
  } catch {
    // Then `mayBeSignedIn` answers yes.
  }
}
