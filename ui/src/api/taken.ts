import type { Actions } from './generated/Actions';
import type { CustomerPage } from './generated/CustomerPage';
import type { NewTakenAction } from './generated/NewTakenAction';
import type { Screen } from './generated/Screen';
import type { TakenRow } from './generated/TakenRow';

/* Actions carried out on recorded answers, kept for as long as the page lives: enough to walk through the screens. */
const AT = '2026-11-01T09:00:00';
const DAY_MILLISECONDS = 86_400_000;

interface Done {
  row: TakenRow;
  customers: number[];
  removed: boolean;
}

let done: Done[] = [];
let removed = new Set<number>();

const standing = () => done.filter(({ removed }) => !removed);

/** The cards without who was reached, and what was done beside them. */
export function withTaken(page: Screen<Actions>): Screen<Actions> {
  const reached = new Set(standing().flatMap(({ customers }) => customers));
  const { answer } = page;
  const cards = answer.cards
    .map((card) => ({ ...card, customer_ids: card.customer_ids.filter((id) => !reached.has(id)) }))
    .filter(({ customer_ids }) => customer_ids.length > 0);
  const recorded = answer.taken.filter(({ taken_id }) => !removed.has(taken_id));
  const taken = [...standing().map(({ row }) => row).reverse(), ...recorded];
  return { ...page, answer: { ...answer, cards, taken, taken_count: taken.length, resting_count: answer.resting_count + reached.size } };
}

/** The page with what reached this customer. */
export function withReceived(page: Screen<CustomerPage>): Screen<CustomerPage> {
  const { answer } = page;
  const mine = standing().filter(({ customers }) => customers.includes(answer.customer.customer_id));
  return { ...page, answer: { ...answer, taken: [...mine.map(({ row }) => row), ...answer.taken] } };
}

/** Records, removes, or takes the last change of a record back. */
export function take(command: string, args: Record<string, unknown>, page: Screen<Actions>): number | null {
  const takenId = Number(args['taken_id']);
  if (command === 'taken_record') return record(args['taken'] as NewTakenAction, page);
  const mine = done.find(({ row }) => row.taken_id === takenId);
  if (mine) mine.removed = command === 'taken_remove' || !mine.removed;
  else if (command === 'taken_remove' || !removed.has(takenId)) removed = new Set([...removed, takenId]);
  else removed = new Set([...removed].filter((one) => one !== takenId));
  return null;
}

function record(asked: NewTakenAction, page: Screen<Actions>): number {
  const card = withTaken(page).answer.cards.find(({ key }) => key === asked.key);
  if (!card) throw { code: 'not_found', message: String(asked.key) };
  const channel = card.channels.find(({ key, mall }) => key === asked.channel && mall === asked.mall);
  const customers = card.customer_ids.slice(0, channel?.customer_count);
  const on = asked.on ?? AT.slice(0, 10);
  const takenId = 1_000 + done.length;
  const row: TakenRow = {
    taken_id: takenId,
    recorded_at: AT,
    taken_on: on,
    key: card.key,
    trigger: card.trigger,
    title: card.title,
    channel: asked.channel ?? null,
    channel_name: channel?.name ?? String(asked.channel),
    mall: asked.mall ?? null,
    people_count: customers.length,
    customer_count: customers.length,
    free_on: new Date(Date.parse(on) + card.evidence.window_days * DAY_MILLISECONDS).toISOString().slice(0, 10),
  };
  done = [...done, { row, customers, removed: false }];
  return takenId;
}
