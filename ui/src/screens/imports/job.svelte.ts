import * as api from '../../api';
import type { MapDocument } from '../../api/generated/MapDocument';
import type { FileAnswer } from '../../api/generated/FileAnswer';
import type { NamelessBegun } from '../../api/generated/NamelessBegun';
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
  /** No names are to be kept, as chosen before the first import. */
  noNames = $state(false);
  /** The recovery code, until the owner says that it is written down. */
  begun = $state<NamelessBegun | null>(null);

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
    return await this.again((token) => api.chooseColumns(token, file, code, cost));
  }

  /** The first rows of a file of a preview, with another row as its header. */
  mapTable = api.mapTable;

  /** The first orders of a file of a preview, read as is being said. */
  mapPreview = api.mapPreview;

  /** Says what the columns of a table mean; all files are read again. Answers whether it worked. */
  async acceptMap(file: number, headerRow: number, map: MapDocument): Promise<boolean> {
    return await this.again((token) => api.acceptMap(token, file, headerRow, map));
  }

  /** Says which store files with bare order numbers are of; all files are read again. Answers whether it worked. */
  async chooseStore(store: string): Promise<boolean> {
    return await this.again(async (token) => {
      const preview = await api.chooseStore(store, token);
      return preview ?? this.preview;
    });
  }

  /** Something was said about the files of the preview. */
  private async again(say: (token: number) => Promise<Preview | null>): Promise<boolean> {
    if (!this.preview) return false;
    this.error = null;
    try {
      const preview = await say(this.preview.token);
      if (preview) this.previewed(preview);
      return preview !== null;
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
      if (this.noNames) {
        this.begun = await api.keepNoNames();
        this.noNames = false;
      }
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

  /** Batches the import that has just been made was recorded as; none while another one is looked at. */
  get batches(): number[] {
    return this.phase === 'done' ? [...new Set(this.files.flatMap((file) => file.batch_id ?? []))] : [];
  }

  /** Takes back the import that has just been made, newest batch first. */
  async takeBack(): Promise<void> {
    for (const batch of this.batches.toReversed()) await api.undo(batch);
    this.close();
  }

  /** Stops what runs. */
  async cancel(): Promise<void> {
    await api.cancel();
  }

  /** Puts the preview or the result away; what was not recorded is not wanted. */
  close(): void {
    // Nobody waits for that, and a program that cannot do it has said why elsewhere.
    if (this.preview) api.forgetDrop(this.preview.token).catch(() => undefined);
    this.preview = null;
    this.error = null;
    this.files = [];
    this.noNames = false;
    this.phase = 'idle';
  }
}

/** The window's one import. */
export const job = new ImportJob();
