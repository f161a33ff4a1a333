import * as api from '../../api';
import type { Groups as Answer } from '../../api/generated/Groups';
import type { GroupsQuery } from '../../api/generated/GroupsQuery';
import type { NewSetting } from '../../api/generated/NewSetting';
import type { RulesDraft } from '../../api/generated/RulesDraft';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import { monthsAsked, viewOf } from './asked';
import { findingOf } from './finding';
import Groups from './Groups.svelte';

/** The groups and what the owner may do with their thresholds. */
export interface GroupsStory {
  finding: string;
  given: Screen<Answer>;
  /** The groups by other thresholds; nothing is kept. */
  tryOut: (rules: RulesDraft) => Promise<Screen<Answer>>;
  /** Keeps settings in one change; answers its number. */
  keep: (settings: NewSetting[]) => Promise<number | null>;
  /** Takes a change back. */
  undo: (changeId: number) => Promise<void>;
}

export default screen<GroupsStory>(
  async ({ scope, address }) => {
    const query: GroupsQuery = { scope, ...monthsAsked(address.place) };
    const given = await api.groups(query);
    return {
      finding: findingOf(viewOf(address.place), given),
      given,
      tryOut: (rules) => api.groups({ ...query, rules }),
      keep: async (settings) => (await api.changeSettings(settings)).changes[0]?.change_id ?? null,
      undo: async (changeId) => {
        await api.undoSettings(changeId);
      },
    };
  },
  Groups,
  ({ given: { answer } }) => answer.as_of === null || answer.customer_count === 0,
);
