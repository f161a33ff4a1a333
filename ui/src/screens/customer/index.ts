import * as api from '../../api';
import type { CustomerId } from '../../api/generated/CustomerId';
import type { CustomerPage } from '../../api/generated/CustomerPage';
import type { CustomerRow } from '../../api/generated/CustomerRow';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import Customer from './Customer.svelte';

/** One customer, and what the owner may say about who they are. */
export interface CustomerStory {
  page: Screen<CustomerPage>;
  /** Other customers by name, number or order number; the first of them. */
  search: (text: string) => Promise<CustomerRow[]>;
  /** This customer and another are one person; answers the decision's number. */
  join: (other: CustomerId) => Promise<number>;
  /** An order is somebody else's; answers the decision's number. */
  separate: (orderNumber: string) => Promise<number>;
  /** Takes a decision back. */
  undo: (decisionId: number) => Promise<void>;
  /** Writes a note; answers its number. */
  addNote: (text: string) => Promise<number>;
  changeNote: (noteId: number, text: string) => Promise<void>;
  removeNote: (noteId: number) => Promise<void>;
  /** Takes the last change of a note back. */
  undoNote: (noteId: number) => Promise<void>;
  /** Whose an order is now; nothing when nobody has it. */
  whose: (orderNumber: string) => Promise<CustomerId | null>;
}

export default screen<CustomerStory>(
  async ({ scope, address }) => {
    const id = Number(address.place.split('/')[1] ?? 0);
    const found = async (search: string) => (await api.customers({ scope: {}, search, sort: 'last_purchase', descending: true, page: 0 })).rows;
    return {
      page: await api.customer(id, scope),
      search: async (text) => (await found(text)).filter((row) => row.customer_id !== id),
      join: (other) => api.joinCustomers(id, other),
      separate: (orderNumber) => api.separateOrder(orderNumber),
      undo: async (decisionId) => {
        await api.undoDecision(decisionId);
      },
      addNote: (text) => api.addNote(id, text),
      changeNote: async (noteId, text) => {
        await api.changeNote(noteId, text);
      },
      removeNote: async (noteId) => {
        await api.removeNote(noteId);
      },
      undoNote: async (noteId) => {
        await api.undoNote(noteId);
      },
      whose: async (orderNumber) => (await found(orderNumber))[0]?.customer_id ?? null,
    };
  },
  Customer,
);
