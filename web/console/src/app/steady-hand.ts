/**
 * The second press of a double click was meant for what the first one pressed. Where that is gone, for its conversation
 * is done or its notice is taken back, whatever came into its place is not pressed: it would be done with another
 * conversation, or send another draft. Runs until the returned function is called.
 */
export function startSteadyHand(): () => void {
  let pressed: Element | null = null;
  const onClick = (event: MouseEvent) => {
    if (event.detail < 2) {
      pressed = controlAt(event.target);
    } else if (pressed?.isConnected === false) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  addEventListener("click", onClick, true);
  return () => removeEventListener("click", onClick, true);
}

function controlAt(target: EventTarget | null): Element | null {
  return target instanceof Element ? (target.closest("button, a, [role=option]") ?? target) : null;
}
