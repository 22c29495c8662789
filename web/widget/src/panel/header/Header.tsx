import { initials } from "@kithdesk/ui";
import { useSignal } from "@preact/signals";
import type { Conversation } from "../../chat/shapes.ts";
import { usePanel } from "../context.ts";
import { IconButton } from "../icons.tsx";
import { Later } from "../later.tsx";
import type { View } from "../view.ts";

/** Who is there, and the ways out. */
export function Header() {
  const { view, close } = usePanel();
  const { settings, chat } = view;
  const asking = useSignal(false);
  const id = view.conversationId.value;
  const conversation = id ? chat.conversations.find(id) : undefined;
  const inConversation = view.screen.value.at !== "list" && view.screen.value.at !== "home";
  const who = whoIsThere(view, conversation);
  const hours = settings.businessHours;
  return (
    <>
      <header class="header">
        {inConversation && view.hasList.value && (
          <IconButton icon="back" label={view.say("back")} onClick={() => view.show({ at: "list" })} />
        )}
        <TeamFace />
        <div class="header__text">
          <h1 class="header__name">
            <bdi>{view.team}</bdi>
          </h1>
          {who ? (
            <p class="header__who">{who}</p>
          ) : (
            hours && <Later>{({ Hours }) => <Hours hours={hours} />}</Later>
          )}
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
      </header>
      {asking.value && id && (
        <Later>
          {({ EndDialog }) => (
            <EndDialog
              id={id}
              onClose={() => {
                asking.value = false;
              }}
            />
          )}
        </Later>
      )}
    </>
  );
}

/** Somebody is, only while it goes on. */
function whoIsThere({ say }: View, conversation: Conversation | undefined): string {
  if (conversation?.ended) return say("ended");
  const name = conversation?.status === "done" ? undefined : conversation?.assignee?.displayName;
  return name ? say("servedBy", { name }) : "";
}

function TeamFace() {
  const { view } = usePanel();
  const { teamIconUrl } = view.settings;
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
      {initials(view.team)}
    </span>
  );
}
