import * as api from '../../api';
import type { Actions } from '../../api/generated/Actions';
import type { Card } from '../../api/generated/Card';
import type { Day } from '../../api/generated/Day';
import type { Mall } from '../../api/generated/Mall';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import ThisWeek from './ThisWeek.svelte';

/** That a card's action was carried out. */
export interface Done {
  on: Day;
  /** The tool's key, or `other`. */
  channel: string;
  /** Whose tool it is; it reaches that mall's people alone. */
  mall: Mall | null;
  /** Whom it reached, as the card counts them. */
  people: number;
}

/** The cards, and what has been done about them. */
export interface WeekStory {
  finding: string;
  given: Screen<Actions>;
  /** Answers the record's number. */
  record: (card: Card, done: Done) => Promise<number>;
  remove: (takenId: number) => Promise<void>;
  /** Takes the last change of a record back. */
  undo: (takenId: number) => Promise<void>;
}

export default screen<WeekStory>(
  async ({ scope }) => {
    const given = await api.actions(scope);
    return {
      finding: given.finding,
      given,
      record: (card, { on, channel, mall }) => api.recordTaken({ scope, key: card.key, on, channel, ...(mall ? { mall } : {}) }),
      remove: async (takenId) => {
        await api.removeTaken(takenId);
      },
      undo: async (takenId) => {
        await api.undoTaken(takenId);
      },
    };
  },
  ThisWeek,
  ({ given: { answer } }) => answer.as_of === null,
);
