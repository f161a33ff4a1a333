import type { Contact } from './generated/Contact';
import type { Contacts } from './generated/Contacts';
import type { NewContactEntry } from './generated/NewContactEntry';

/* People who were written down on recorded answers, kept for as long as the page lives. */
const AT = '2026-11-01T09:00:00';

type Kept = Contact & { removed: boolean };

let contacts: Kept[] | undefined;
const before = new Map<number, Kept>();

/** Those who stand now. */
export function withContacts(given: Contacts): Contacts {
  contacts ??= given.contacts.map((contact) => ({ ...contact, removed: false }));
  const standing = contacts.filter(({ removed }) => !removed);
  return { ...given, contacts: standing.toSorted((a, b) => (a.contact_on < b.contact_on ? 1 : -1)) };
}

function change(contactId: number, to: (contact: Kept) => Kept): void {
  contacts = (contacts ?? []).map((contact) => {
    if (contact.contact_id !== contactId) return contact;
    before.set(contactId, contact);
    return to(contact);
  });
}

/** Writes down, ties, unties, removes, or takes the last change back. */
export function contact(command: string, args: Record<string, unknown>): number | null {
  const contactId = Number(args['contact_id']);
  if (command === 'contact_add') return add(args['contact'] as NewContactEntry);
  const was = before.get(contactId);
  if (command === 'contact_undo' && was) change(contactId, () => was);
  if (command === 'contact_remove') change(contactId, (one) => ({ ...one, removed: true }));
  const customer = Number(args['customer_id']);
  if (command === 'contact_tie') change(contactId, (one) => ({ ...one, customer_ids: [customer], customer_name: String(customer), class: 'bought' }));
  if (command === 'contact_untie') change(contactId, (one) => ({ ...one, customer_ids: [], customer_name: '', class: one.kind === 'other' ? 'other' : 'prospect' }));
  return null;
}

function add({ mall, kind, on, name, note }: NewContactEntry): number {
  const added = Math.max(0, ...(contacts ?? []).map(({ contact_id }) => contact_id)) + 1;
  const one: Kept = {
    contact_id: added,
    written_at: AT,
    mall,
    kind,
    contact_on: on ?? AT.slice(0, 10),
    name: name.trim(),
    note: note.trim(),
    customer_ids: [],
    customer_name: '',
    class: kind === 'other' ? 'other' : 'prospect',
    removed: false,
  };
  before.set(added, { ...one, removed: true });
  contacts = [...(contacts ?? []), one];
  return added;
}
