import type { Attachment } from "@kithdesk/api-client";
import { type Signal, signal } from "@preact/signals";
import type { Chat } from "../../chat/chat.ts";
import type { ChatSettings, SignedFile } from "../../chat/shapes.ts";
import type { UploadState } from "../../chat/uploads.ts";
import { extras } from "../later.tsx";

const SIGNED_FOR_MS = 10 * 60_000;

/** One file that was chosen for a message. */
export class Upload {
  readonly file: File;
  /** Bytes of the files chosen before it for the same message. */
  readonly already: number;
  readonly state = signal<UploadState>({ step: "sending", progress: 0 });
  readonly sending = new AbortController();

  constructor(file: File, already: number) {
    this.file = file;
    this.already = already;
  }
}

/** Files chosen for a message, per conversation, and signed addresses of those that came. */
export class Files {
  readonly chosen = signal<ReadonlyMap<string, readonly Upload[]>>(new Map());
  /** Uploaded in this visit: what an unsent message shows of its files. */
  readonly known = new Map<string, { attachment: Attachment; file: File }>();
  readonly #chat: Chat;
  readonly #limits: ChatSettings["attachments"];
  readonly #signed = new Map<string, { at: number; file: Promise<SignedFile> }>();

  constructor(chat: Chat, limits: ChatSettings["attachments"]) {
    this.#chat = chat;
    this.#limits = limits;
  }

  of(key: string): readonly Upload[] {
    return this.chosen.value.get(key) ?? [];
  }

  choose(key: string, files: readonly File[]): void {
    for (const file of files) {
      const already = this.of(key).reduce((sum, upload) => sum + upload.file.size, 0);
      const upload = new Upload(file, already);
      this.#put(key, [...this.of(key), upload]);
      void this.start(upload);
    }
  }

  async start(upload: Upload): Promise<void> {
    upload.state.value = { step: "sending", progress: 0 };
    upload.state.value = await this.#send(upload).catch(() => ({
      step: "failed",
      reason: "other",
      again: true,
    }));
  }

  drop(key: string, upload: Upload): void {
    upload.sending.abort();
    this.#put(
      key,
      this.of(key).filter((other) => other !== upload),
    );
  }

  /** The files that have arrived, for the message that carries them; they leave the composer, and no others do. */
  take(key: string): string[] {
    const left: Upload[] = [];
    const ids = this.of(key).flatMap((upload) => {
      const state = upload.state.value;
      if (state.step === "done") return [state.attachment.id];
      left.push(upload);
      return [];
    });
    this.#put(key, left);
    return ids;
  }

  signed(id: string): Promise<SignedFile> {
    const kept = this.#signed.get(id);
    if (kept && Date.now() - kept.at < SIGNED_FOR_MS) return kept.file;
    const file = this.#chat.api.file(id);
    this.#signed.set(id, { at: Date.now(), file });
    file.catch(() => this.#signed.delete(id));
    return file;
  }

  /** `failed`: it could not be had just now. */
  async save({ id, name }: Attachment, failed: Signal<boolean>): Promise<void> {
    failed.value = false;
    try {
      const [{ saveFile }, { url }] = await Promise.all([extras(), this.signed(id)]);
      await saveFile(url, name);
    } catch {
      failed.value = true;
    }
  }

  async #send({ file, already, state, sending }: Upload): Promise<UploadState> {
    const { reasonAgainst, transfer } = await extras();
    const reason = reasonAgainst(file, this.#limits, already);
    if (reason) return { step: "failed", reason, again: false };
    // A file has to belong to somebody: choosing one is writing.
    await this.#chat.begin();
    const onProgress = (progress: number) => {
      state.value = { step: "sending", progress };
    };
    const end = await transfer(file, this.#chat.api, onProgress, sending.signal);
    if (end.step === "done") this.known.set(end.attachment.id, { attachment: end.attachment, file });
    return end;
  }

  #put(key: string, uploads: readonly Upload[]): void {
    this.chosen.value = new Map(this.chosen.value).set(key, uploads);
  }
}
