import { initials } from "@kithdesk/ui";
import { useSignal } from "@preact/signals";
import { usePanel } from "../context.ts";
import { IconButton } from "../icons.tsx";
import { EndDialog } from "./EndDialog.tsx";

/** Who is there, and the ways out. */
export function Header() {
  const { view, close } = usePanel();
  const { settings, chat } = view;
  const asking = useSignal(false);
  const id = view.conversationId.value;
  const conversation = id ? chat.conversations.find(id) : undefined;
  const inConversation = view.screen.value.at !== "list" && view.screen.value.at !== "home";
  const name = conversation?.assignee?.displayName;
  return (
    <header class="header">
      {inConversation && view.hasList.value && (
        <IconButton icon="back" label={view.say("back")} onClick={() => view.show({ at: "list" })} />
      )}
      <TeamFace />
      <div class="header__text">
        <h1 class="header__name">
          <bdi>{settings.teamName || view.say("chat")}</bdi>
        </h1>
        {name && <p class="header__who">{view.say("servedBy", { name })}</p>}
      </div>
      {settings.closableChat && conversation && !conversation.ended && (
        <button
          type="button"
          class="header__end"
          aria-label={view.say("endChat")}
          title={view.say("endChat")}
          onClick={() => {
            asking.value = true;
          }}
        >
          {view.say("end")}
        </button>
      )}
      <IconButton icon={view.phone.value ? "close" : "down"} label={view.say("close")} onClick={close} />
      {asking.value && id && (
        <EndDialog
          id={id}
          onClose={() => {
            asking.value = false;
          }}
        />
      )}
    </header>
  );
}

function TeamFace() {
  const { view } = usePanel();
  const { teamIconUrl, teamName } = view.settings;
  const failed = useSignal(false);
  if (teamIconUrl && !failed.value) {
    return (
      <img
        class="face"
        src={teamIconUrl}
        alt=""
        onError={() => {
          failed.value = true;
        }}
      />
    );
  }
  return (
    <span class="face" aria-hidden="true">
      {initials(teamName)}
    </span>
  );
}
