import { Toasts } from "../toast/Toasts.tsx";
import { WorkTray } from "../work/WorkTray.tsx";
import "./dock.css";

/**
 * What comes up by itself: short notices, and work that asks for an answer. It takes room from what is beside it and
 * lies over nothing. What asks for an answer stays where it is while notices come and go.
 */
export function Dock() {
  return (
    <div className="dock">
      <Toasts />
      <WorkTray />
    </div>
  );
}
