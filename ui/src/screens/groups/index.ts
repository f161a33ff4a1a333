import * as api from '../../api';
import type { Groups as Answer } from '../../api/generated/Groups';
import type { GroupsQuery } from '../../api/generated/GroupsQuery';
import type { NewSetting } from '../../api/generated/NewSetting';
import type { RulesDraft } from '../../api/generated/RulesDraft';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import { monthsAsked, viewOf } from './asked';
import type { ContactsStory } from './contacts';
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
  /** Who has not bought; only where they are shown. */
  contacts: ContactsStory | null;
}

async function contactsStory(): Promise<ContactsStory> {
  return {
    given: await api.contacts(),
    add: (contact) => api.addContact(contact),
    search: async (search) => (await api.customers({ scope: {}, search, sort: 'last_purchase', descending: true, page: 0 })).rows,
    tie: async (contactId, customer) => {
      await api.tieContact(contactId, customer);
    },
    untie: async (contactId) => {
      await api.untieContact(contactId);
    },
    remove: async (contactId) => {
      await api.removeContact(contactId);
    },
    undo: async (contactId) => {
      await api.undoContact(contactId);
    },
  };
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
      contacts: viewOf(address.place) === 'classes' ? await contactsStory() : null,
    };
  },
  Groups,
  ({ given: { answer } }) => answer.as_of === null || answer.customer_count === 0,
);
