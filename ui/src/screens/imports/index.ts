import * as api from '../../api';
import type { Imports as Answer } from '../../api/generated/Imports';
import { screen } from '../../lib/screen';
import Imports from './Imports.svelte';

/** The history of imports and what can be done to it. */
export interface ImportHistory {
  known: Answer;
  undo: (batchId: number) => Promise<void>;
  forgetWaiting: (waitingId: number) => Promise<void>;
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
  }),
  Imports,
);
