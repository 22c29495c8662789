import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { usePanel } from "./context.ts";
import { ConversationScreen } from "./conversation/ConversationScreen.tsx";
import { Loading } from "./conversation/Loading.tsx";
import { Header } from "./header/Header.tsx";
import { Icon } from "./icons.tsx";
import { Later } from "./later.tsx";

const OFFLINE_AFTER_MS = 2_500;

export function App() {
  const { view, close } = usePanel();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from wherever the focus is.
    <div
      class={`panel ${view.open.value ? "panel--open" : ""} ${view.phone.value ? "panel--phone" : ""}`}
      dir={view.words.value.dir}
      lang={view.words.value.lang}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !document.querySelector("dialog[open]")) close();
      }}
    >
      <Header />
      <Connection />
      <CurrentScreen />
    </div>
  );
}

function CurrentScreen() {
  const { view } = usePanel();
  const screen = view.screen.value;
  switch (screen.at) {
    case "list":
      return <Later meanwhile={<Waiting />}>{({ ConversationList }) => <ConversationList />}</Later>;
    case "new":
      return <ConversationScreen key={screen.lane} id={view.conversationId.value} lane={screen.lane} />;
    case "conversation":
      return <ConversationScreen key={screen.id} id={screen.id} lane={screen.id} />;
    case "home":
      return <Waiting />;
  }
}

/** Somebody is known, their conversations are not yet. */
function Waiting() {
  const { view } = usePanel();
  return (
    <main class="scroll">
      <div class="scroll__content">
        {view.chat.list.value === "failed" ? <p class="hint">{view.say("loadFailed")}</p> : <Loading />}
      </div>
    </main>
  );
}

/** Said only when it lasts: most losses are over before anybody would have noticed. */
function Connection() {
  const { view } = usePanel();
  const { live, token } = view.chat;
  const shown = useSignal(false);
  const lost = live.value !== "online" && (token.value !== "" || view.chat.outgoing.unsent.value.length > 0);
  useEffect(() => {
    if (!lost) shown.value = false;
    const timer = setTimeout(() => {
      shown.value = lost;
    }, OFFLINE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [lost, shown]);
  if (!shown.value) return <div role="status" />;
  return (
    <div role="status" class="connection">
      <Icon name="cloud" />
      {view.say("offline")}
    </div>
  );
}
