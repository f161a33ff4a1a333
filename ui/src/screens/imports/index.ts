import * as api from '../../api';
import type { ExportAnswer } from '../../api/generated/ExportAnswer';
import type { ExportFormat } from '../../api/generated/ExportFormat';
import type { Imports as Answer } from '../../api/generated/Imports';
import type { MapDocument } from '../../api/generated/MapDocument';
import type { NamelessBegun } from '../../api/generated/NamelessBegun';
import type { Problems } from '../../api/generated/Problems';
import { screen } from '../../lib/screen';
import Imports from './Imports.svelte';

/** The history of imports and what can be done to it. */
export interface ImportHistory {
  known: Answer;
  undo: (batchId: number) => Promise<void>;
  forgetWaiting: (waitingId: number) => Promise<void>;
  problems: (batchId: number) => Promise<Problems>;
  changeMap: (fingerprint: string, map: MapDocument) => Promise<void>;
  forgetMap: (fingerprint: string) => Promise<void>;
  /** Names the store that files with bare order numbers are of. */
  nameStore: (store: string) => Promise<void>;
  /** Says the recovery code of a ledger that keeps no names. */
  giveCode: (code: string) => Promise<void>;
  /** Gives a lost one up for a new one. */
  changeCode: () => Promise<NamelessBegun>;
  /** The code, where the system keeps it or it has been said. */
  code: () => Promise<string>;
  /** Asks where to; answers the name of the file, nothing when the owner thinks better of it. */
  saveProblems: (batchId: number) => Promise<string | null>;
  /** Asks for a folder; answers what was written, nothing when the owner thinks better of it. */
  exportAll: (format: ExportFormat, withNames: boolean) => Promise<ExportAnswer | null>;
}

export default screen<ImportHistory>(
  async () => ({
    known: await api.imports(),
    undo: async (batchId) => {
      await api.undo(batchId);
    },
    forgetWaiting: async (waitingId) => {
      await api.forgetWaiting(waitingId);
    },
    changeMap: async (fingerprint, map) => {
      await api.changeMap(fingerprint, map);
    },
    forgetMap: async (fingerprint) => {
      await api.forgetMap(fingerprint);
    },
    nameStore: async (store) => {
      await api.chooseStore(store);
    },
    giveCode: async (code) => {
      await api.giveRecoveryCode(code);
    },
    changeCode: () => api.changeRecoveryCode(),
    code: () => api.recoveryCode(),
    problems: (batchId) => api.problems(batchId),
    saveProblems: (batchId) => api.saveProblems(batchId),
    exportAll: (format, withNames) => api.exportAll(format, withNames),
  }),
  Imports,
);
