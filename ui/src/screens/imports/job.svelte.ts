import * as api from '../../api';
import type { FileAnswer } from '../../api/generated/FileAnswer';
import type { Preview } from '../../api/generated/Preview';
import type { Progress } from '../../api/generated/Progress';

/** How far an import is. */
export type Phase = 'idle' | 'reading' | 'preview' | 'recording' | 'done';

/** One import from the drop to what it became; lives as long as the window, so that leaving the screen loses nothing. */
export class ImportJob {
  phase = $state<Phase>('idle');
  preview = $state<Preview | null>(null);
  progress = $state<Progress | null>(null);
  files = $state<FileAnswer[]>([]);
  error = $state<api.ErrorAnswer | null>(null);

  /** The program has begun to read files. */
  started(): void {
    this.phase = 'reading';
    this.progress = null;
    this.preview = null;
    this.error = null;
  }

  /** The program has read them. */
  previewed(preview: Preview): void {
    this.preview = preview;
    this.phase = 'preview';
    this.progress = null;
  }

  /** It could not. */
  failed(error: api.ErrorAnswer): void {
    this.error = error;
    this.progress = null;
    this.phase = this.preview ? 'preview' : 'idle';
  }

  /** Lets the owner choose files; nothing changes when they do not. */
  async choose(): Promise<void> {
    if (this.phase === 'reading' || this.phase === 'recording') return;
    try {
      const preview = await api.chooseFiles();
      if (preview) this.previewed(preview);
    } catch (thrown) {
      this.failed(api.asErrorAnswer(thrown));
    }
  }

  /** Says which columns of a list hold codes and costs; all files are read again. Answers whether it worked. */
  async chooseColumns(file: number, code: string, cost: string): Promise<boolean> {
    if (!this.preview) return false;
    this.error = null;
    try {
      this.previewed(await api.chooseColumns(this.preview.token, file, code, cost));
      return true;
    } catch (thrown) {
      this.failed(api.asErrorAnswer(thrown));
      return false;
    }
  }

  /** Writes what the preview shows into the ledger; answers whether it did. */
  async record(): Promise<boolean> {
    if (!this.preview) return false;
    this.phase = 'recording';
    this.error = null;
    this.progress = null;
    try {
      this.files = await api.record(this.preview.token);
      this.preview = null;
      this.progress = null;
      this.phase = 'done';
      return true;
    } catch (thrown) {
      this.failed(api.asErrorAnswer(thrown));
      return false;
    }
  }

  /** Stops what runs. */
  async cancel(): Promise<void> {
    await api.cancel();
  }

  /** Puts the preview or the result away. */
  close(): void {
    this.preview = null;
    this.error = null;
    this.files = [];
    this.phase = 'idle';
  }
}

/** The window's one import. */
export const job = new ImportJob();
