import type { Contacts } from '../../api/generated/Contacts';
import type { CustomerId } from '../../api/generated/CustomerId';
import type { CustomerRow } from '../../api/generated/CustomerRow';
import type { NewContactEntry } from '../../api/generated/NewContactEntry';

/** People who have not bought, and what the owner may say about them. */
export interface ContactsStory {
  given: Contacts;
  /** Writes somebody down; answers the number. */
  add: (contact: NewContactEntry) => Promise<number>;
  /** Other customers by name, number or order number. */
  search: (text: string) => Promise<CustomerRow[]>;
  tie: (contactId: number, customer: CustomerId) => Promise<void>;
  untie: (contactId: number) => Promise<void>;
  remove: (contactId: number) => Promise<void>;
  /** Takes the last change back. */
  undo: (contactId: number) => Promise<void>;
}
