import * as api from '../../api';
import type { CustomerId } from '../../api/generated/CustomerId';
import type { Identity as Answer } from '../../api/generated/Identity';
import { screen } from '../../lib/screen';
import Identity from './Identity.svelte';

/** Who may be one person, and the owner's way to decide. */
export interface People {
  finding: string;
  known: Answer;
  /** Two customers are one person; answers the decision's number. */
  join: (a: CustomerId, b: CustomerId) => Promise<number>;
  /** Two customers are two people. */
  apart: (a: CustomerId, b: CustomerId) => Promise<number>;
  /** Takes a decision back. */
  undo: (decisionId: number) => Promise<void>;
}

export default screen<People>(
  async () => {
    const { answer, finding } = await api.identity();
    return {
      finding,
      known: answer,
      join: (a, b) => api.joinCustomers(a, b),
      apart: (a, b) => api.keepApart(a, b),
      undo: async (decisionId) => {
        await api.undoDecision(decisionId);
      },
    };
  },
  Identity,
);
