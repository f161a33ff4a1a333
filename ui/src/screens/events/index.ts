import * as api from '../../api';
import type { EventRules } from '../../api/generated/EventRules';
import type { EventSwitch } from '../../api/generated/EventSwitch';
import type { NewEventRule } from '../../api/generated/NewEventRule';
import { screen } from '../../lib/screen';
import Events from './Events.svelte';

/** The event calendar and what can be done to it. */
export interface OwnersCalendar {
  finding: string;
  known: EventRules;
  /** Adds a rule, or changes the one it names. */
  set: (rule: NewEventRule) => Promise<EventRules>;
  /** Switches a rule off or on, or takes the owner's changes of it away. */
  turn: (key: string, to: EventSwitch) => Promise<EventRules>;
  /** Takes a change back. */
  undo: (changeId: number) => Promise<EventRules>;
}

export default screen<OwnersCalendar>(
  async () => {
    const known = await api.eventRules();
    return {
      finding: known.finding,
      known,
      set: (rule) => api.setEventRule(rule),
      turn: (key, to) => api.switchEventRule(key, to),
      undo: (changeId) => api.undoEventRule(changeId),
    };
  },
  Events,
);
