import { useEffect, useState } from "react";

import { type Check, loadImport } from "./imports.ts";

const OFTEN_MS = 1_000;

/** What would become of all rows, while that is counted. Null while the columns are being chosen. */
export function useCheck(id: string, isSaved: boolean): Check | null {
  const [check, setCheck] = useState<Check | null>(null);
  useEffect(() => {
    setCheck(null);
    if (!isSaved) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const now = await loadImport(id).then(
        (one) => one.check,
        () => null,
      );
      if (isOver) return;
      if (now !== null) setCheck(now);
      if (now?.isOver !== true) timer = setTimeout(() => void look(), OFTEN_MS);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [id, isSaved]);
  return check;
}
