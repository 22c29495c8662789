import type { Attachment } from "@kithdesk/api-client";
import { signal } from "@preact/signals";
import type { Chat } from "../../chat/chat.ts";
import type { ChatSettings, SignedFile } from "../../chat/shapes.ts";
import { reasonAgainst, Upload } from "../../chat/uploads.ts";

const SIGNED_FOR_MS = 10 * 60_000;

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
      const upload = new Upload(file, this.#chat.api);
      const reason = reasonAgainst(file, this.#limits, already);
      this.#put(key, [...this.of(key), upload]);
      if (reason) upload.refuse(reason);
      else void this.start(upload);
    }
  }

  async start(upload: Upload): Promise<void> {
    // A file has to belong to somebody: choosing one is writing.
    await this.#chat.begin();
    await upload.start();
    const state = upload.state.value;
    if (state.step === "done") {
      this.known.set(state.attachment.id, { attachment: state.attachment, file: upload.file });
    }
  }

  drop(key: string, upload: Upload): void {
    upload.cancel();
    this.#put(
      key,
      this.of(key).filter((other) => other !== upload),
    );
  }

  /** The files that have arrived, for the message that carries them; they leave the composer. */
  take(key: string): string[] {
    const ids = this.of(key).flatMap(({ state: { value } }) =>
      value.step === "done" ? [value.attachment.id] : [],
    );
    this.#put(key, []);
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

  #put(key: string, uploads: readonly Upload[]): void {
    this.chosen.value = new Map(this.chosen.value).set(key, uploads);
  }
}
