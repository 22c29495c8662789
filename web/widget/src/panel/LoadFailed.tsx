import { usePanel } from "./context.ts";

export function LoadFailed({ onRetry }: { onRetry: () => void }) {
  const { view } = usePanel();
  return (
    <p class="hint" role="alert">
      {view.say("loadFailed")}{" "}
      <button type="button" class="link" onClick={onRetry}>
        {view.say("tryAgain")}
      </button>
    </p>
  );
}
