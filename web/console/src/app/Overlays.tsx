import { lazy } from "react";
import { StatusPicker } from "../agents/StatusPicker.tsx";
import { AssignPicker } from "../conversation/AssignPicker.tsx";
import { SnoozePicker } from "../conversation/SnoozePicker.tsx";
import { TagsPicker } from "../conversation/TagsPicker.tsx";
import { CommandPicker } from "../keyboard/CommandPicker.tsx";
import { SignOutSheet } from "../session/SignOutSheet.tsx";
import { Fetched } from "./Fetched.tsx";
import { closeOverlay, useOverlay } from "./overlay.ts";

// Rarely opened: not worth the first load.
const Help = lazy(() => import("../keyboard/Help.tsx").then((module) => ({ default: module.Help })));
const MergeSheet = lazy(() =>
  import("../merging/MergeSheet.tsx").then((module) => ({ default: module.MergeSheet })),
);
const ObjectSheet = lazy(() =>
  import("../objects/ObjectSheet.tsx").then((module) => ({ default: module.ObjectSheet })),
);
const AddObjectSheet = lazy(() =>
  import("../objects/AddObjectSheet.tsx").then((module) => ({ default: module.AddObjectSheet })),
);
const CapacitySheet = lazy(() =>
  import("../settings/CapacitySheet.tsx").then((module) => ({ default: module.CapacitySheet })),
);
const WishPicker = lazy(() =>
  import("../conversation/WishPicker.tsx").then((module) => ({ default: module.WishPicker })),
);
const WhySheet = lazy(() => import("../work/WhySheet.tsx").then((module) => ({ default: module.WhySheet })));

/** Whatever is open above the screen. */
export function Overlays({ conversation }: { conversation: string | null }) {
  const overlay = useOverlay((state) => state.overlay);
  return (
    <Fetched key={overlay} onFailed={closeOverlay}>
      <OpenOverlay conversation={conversation} />
    </Fetched>
  );
}

function OpenOverlay({ conversation }: { conversation: string | null }) {
  const { overlay, anchor } = useOverlay();
  const common = { anchor, onClose: closeOverlay };
  switch (overlay) {
    case null:
      return null;
    case "status":
      return <StatusPicker {...common} />;
    case "commands":
      return <CommandPicker of="everything" onClose={closeOverlay} />;
    case "actions":
      return <CommandPicker of="conversation" onClose={closeOverlay} />;
    case "help":
      return <Help onClose={closeOverlay} />;
    case "capacity":
      return <CapacitySheet {...common} />;
    case "why":
      return conversation === null ? null : (
        <WhySheet key={conversation} conversation={conversation} onClose={closeOverlay} />
      );
    case "object":
      return <ObjectSheet onClose={closeOverlay} />;
    case "add-object":
      return <AddObjectSheet {...common} />;
    case "merge":
      return <MergeSheet onClose={closeOverlay} />;
    case "sign-out":
      return <SignOutSheet onClose={closeOverlay} />;
    case "assign":
    case "handoff":
      return conversation === null ? null : (
        <AssignPicker key={overlay} conversation={conversation} purpose={overlay} {...common} />
      );
    case "snooze":
      return conversation === null ? null : <SnoozePicker conversation={conversation} {...common} />;
    case "tags":
      return conversation === null ? null : <TagsPicker conversation={conversation} {...common} />;
    case "wishes":
      return conversation === null ? null : <WishPicker conversation={conversation} {...common} />;
  }
}
