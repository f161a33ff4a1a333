import type { CustomerPage } from './generated/CustomerPage';
import type { Note } from './generated/Note';
import type { Screen } from './generated/Screen';

/* The owner's notes on recorded answers, kept for as long as the page lives: enough to walk through the screen. */
const AT = '2026-11-01T09:00:00';

let notes: Note[] | undefined;
const before = new Map<number, string>();

/** The page with the notes as they stand now. */
export function withNotes(page: Screen<CustomerPage>): Screen<CustomerPage> {
  notes ??= page.answer.notes;
  return { ...page, answer: { ...page.answer, notes: notes.filter(({ text }) => text !== '') } };
}

function write(noteId: number, text: string): void {
  notes = (notes ?? []).map((one) => {
    if (one.note_id !== noteId) return one;
    before.set(noteId, one.text);
    return { ...one, text };
  });
}

/** Writes, changes, removes a note, or takes its last change back. */
export function note(command: string, args: Record<string, unknown>): number | null {
  const noteId = Number(args['note_id']);
  if (command === 'note_add') {
    const added = Math.max(0, ...(notes ?? []).map(({ note_id }) => note_id)) + 1;
    before.set(added, '');
    notes = [{ note_id: added, written_at: AT, changed_at: AT, text: String(args['text']), customer_ids: [Number(args['customer_id'])] }, ...(notes ?? [])];
    return added;
  }
  if (command === 'note_change') write(noteId, String(args['text']));
  if (command === 'note_remove') write(noteId, '');
  if (command === 'note_undo') write(noteId, before.get(noteId) ?? '');
  return null;
}
