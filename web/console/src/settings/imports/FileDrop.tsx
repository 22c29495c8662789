import { fileSize } from "@kithdesk/ui";
import { FileUp } from "lucide-react";
import { type DragEvent, useEffect, useRef, useState } from "react";

import { problemOf } from "../../api/errors.ts";
import { words } from "./en.ts";
import { upload } from "./imports.ts";

interface Uploading {
  readonly name: string;
  readonly size: number;
  readonly share: number;
}

const MOST_BYTES = 20 * 1024 * 1024;
/** Spreadsheets and archives, which people choose instead of what was saved from them. */
const NO_CSV = /\.(xlsx?|xlsm|ods|numbers|pdf|zip|docx?|png|jpe?g)$/iu;

/** Where a file is dropped or chosen, and seen on its way. */
export function FileDrop({ onUploaded }: { onUploaded: (id: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const going = useRef<AbortController | null>(null);
  const [uploading, setUploading] = useState<Uploading | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isDropping, setDropping] = useState(false);
  useEffect(() => () => going.current?.abort(), []);

  const take = async (files: FileList | null) => {
    const file = files?.[0];
    if (file === undefined || uploading !== null) return;
    const why = files?.length === 1 ? whyNot(file) : words.oneFile;
    setProblem(why);
    if (why !== null) return;
    const abort = new AbortController();
    going.current = abort;
    const show = (share: number) => setUploading({ name: file.name, size: file.size, share });
    show(0);
    try {
      onUploaded(await upload(file, show, abort.signal));
    } catch (error) {
      if (!abort.signal.aborted) setProblem(words.uploadFailed(problemOf(error)));
    } finally {
      setUploading(null);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    void take(event.dataTransfer.files);
  };
  return (
    // The button inside does the same by keyboard.
    <section
      className={`file-drop ${isDropping ? "file-drop--over" : ""}`}
      aria-label={words.file}
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      {uploading === null ? (
        <>
          <FileUp className="file-drop__icon" size={22} strokeWidth={1.5} aria-hidden="true" />
          <p className="file-drop__title">{isDropping ? words.dropNow : words.drop}</p>
          <button type="button" className="button button--primary" onClick={() => input.current?.click()}>
            {words.choose}
          </button>
        </>
      ) : (
        <OnItsWay uploading={uploading} onCancel={() => going.current?.abort()} />
      )}
      <p className={problem === null ? "file-drop__hint" : "file-drop__problem"} role="alert">
        {problem ?? ""}
      </p>
      {problem === null && <p className="file-drop__hint">{words.fileHint}</p>}
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        onChange={(event) => {
          void take(event.target.files);
          // The same file again, once it is mended, is a change too.
          event.target.value = "";
        }}
      />
    </section>
  );
}

function OnItsWay({ uploading, onCancel }: { uploading: Uploading; onCancel: () => void }) {
  const { name, size, share } = uploading;
  const said = share < 1 ? words.uploading(name) : words.reading(name);
  return (
    <>
      <p className="file-drop__title" dir="auto" role="status">
        {said} <span className="file-drop__size">{fileSize(size)}</span>
      </p>
      <progress className="import-bar file-drop__bar" max={1} value={share} aria-label={said} />
      <button type="button" className="button" onClick={onCancel}>
        {words.cancel}
      </button>
    </>
  );
}

function whyNot({ name, size }: File): string | null {
  if (NO_CSV.test(name)) return words.notCsv(name);
  if (size > MOST_BYTES) return words.tooLarge(name);
  return size === 0 ? words.emptyFile(name) : null;
}
