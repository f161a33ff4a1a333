import { contact, withContacts } from './contacts';
import { change, decide, identityOf, settingsOf, takeBack, undecide } from './decisions';
import type { Actions } from './generated/Actions';
import type { ComparisonQuery } from './generated/ComparisonQuery';
import type { Contacts } from './generated/Contacts';
import type { CustomerPage } from './generated/CustomerPage';
import type { CustomersPage } from './generated/CustomersPage';
import type { CustomersQuery } from './generated/CustomersQuery';
import type { FilterChoices } from './generated/FilterChoices';
import type { ExportAnswer } from './generated/ExportAnswer';
import type { GroupsQuery } from './generated/GroupsQuery';
import type { NewSetting } from './generated/NewSetting';
import type { Profit } from './generated/Profit';
import type { ProfitOrders } from './generated/ProfitOrders';
import type { OrdersPage } from './generated/OrdersPage';
import type { OrdersQuery } from './generated/OrdersQuery';
import type { NamelessBegun } from './generated/NamelessBegun';
import type { Scope } from './generated/Scope';
import type { Screen } from './generated/Screen';
import type { Step } from './generated/Step';
import type { Transport } from './index';
import { note, withNotes } from './notes';
import { take, withReceived, withTaken } from './taken';

/*
 * Answers every command from the recorded answers in `tests/golden/wire`, so that the screens open in a plain browser.
 * Before the `#`: `?case=empty|few|usual|costs` (`costs` is `usual` with its cost list), `&wait=1` for answers that never come, `&fail=1` for refusals, `&hold=1` for
 * an import that stays half done until the page hears the event `go-on`, `&hold=read` already while it is read, `&files=map|store` for what is chosen.
 */
const recorded = import.meta.glob<unknown>('../../../tests/golden/wire/*.json', { import: 'default' });
const asked = new URLSearchParams(globalThis.location?.search ?? '');
let shop = asked.get('case') ?? 'usual';
let isSample = false;
/** The calendar with changes is recorded as well. */
let calendarChanged = false;

/** Where the window keeps its log on Windows. */
const LOG_FILE = '%LOCALAPPDATA%\\jp.otokui.desktop\\otokui.log';

/** A code is random, so none is recorded. */
const begun: NamelessBegun = { recovery_code: Array.from({ length: 13 }, () => 'AB12').join('-'), is_kept_by_system: false };

/** What the owner chooses: `?files=map` a table of no mall, `?files=store` a pair that names no store; `nameless` a ledger without
 * names, `code` one that wants its recovery code. */
let chosen = asked.get('files');
/** Recorded answers of that choice come first once it was made. */
let about: string | null = null;

const listeners = new Map<string, ((payload: unknown) => void)[]>();

function tell(event: string, payload: unknown): void {
  for (const listener of listeners.get(event) ?? []) listener(payload);
}

async function answer(...names: string[]): Promise<unknown> {
  for (const name of names) {
    const load = recorded[`../../../tests/golden/wire/${name}.json`];
    if (load) return structuredClone(await load());
  }
  throw { code: 'not_recorded', message: names[0] };
}

/** The open shop's answer; what is not recorded of the shop with costs is as usual. */
async function ofShop(...names: string[]): Promise<unknown> {
  const shops = shop === 'costs' ? [shop, 'usual'] : [shop];
  return await answer(...shops.flatMap((of) => names.map((name) => `${of}.${name}`)));
}

async function start(): Promise<unknown> {
  return { ...((await ofShop('start')) as object), is_sample: isSample, log_file: LOG_FILE };
}

/** One step's orders are recorded; they stand in for those of every step. */
async function ordersOf(step: Step): Promise<ProfitOrders> {
  const { answer: profit } = (await ofShop('profit')) as Screen<Profit>;
  const row = profit.steps.find(({ key }) => key === step);
  const orders = (await answer('costs.profit_orders')) as ProfitOrders;
  // Parts of an order that was sent apart stand in the list beside it.
  const total = row ? row.order_count + orders.split_count : orders.total;
  return { ...orders, step, label: row?.label ?? step, total, low: row?.low ?? 0, high: row?.high ?? 0 };
}

/** The first page of every question is recorded: all sales, or all that was left out. */
async function ordersFor(query: OrdersQuery): Promise<OrdersPage> {
  const page = (await ofShop(query.part === 'left_out' ? 'orders.left_out' : 'orders')) as OrdersPage;
  const rows = query.page > 0 ? [] : page.rows;
  return { ...page, part: query.part ?? 'sales', page: query.page ?? 0, rows, people_label: query.people ?? '' };
}

const settings = () => settingsOf(shop, () => ofShop('settings'));
/** The invented shop has nobody in doubt; a town that has stands in for it, so that there is something to decide. */
const identity = () => identityOf(shop, () => (shop === 'usual' || shop === 'costs' ? answer('doubt.identity') : ofShop('identity')));

/** Moves between other months and thresholds that are tried out are recorded once; they stand in for all. */
async function groups(query: GroupsQuery): Promise<unknown> {
  const { cpm } = query.rules ?? {};
  const preset = (await settings()).settings.find(({ key }) => key === 'cpm.preset')?.value;
  const classic = cpm === 'classic' || preset === 'classic';
  if (query.rules) return await ofShop('groups.tried', 'groups');
  if (query.from) return await ofShop('groups.moves', 'groups');
  return await ofShop(...(classic ? ['groups.classic'] : []), 'groups');
}

async function customers(query: CustomersQuery): Promise<CustomersPage> {
  const page = (await ofShop('customers')) as CustomersPage;
  // Nobody of the invented shop is in doubt; its customers link to those of another.
  const uncertain_share = (await identity()).answer.uncertain_share;
  const search = query.search ?? '';
  const rows = page.rows.filter((row) => row.display_name.includes(search) || String(row.customer_id) === search);
  if (query.page > 0) return { ...page, page: query.page, rows: [] };
  return { ...page, rows, uncertain_share, total: rows.length, people_label: query.people ?? '' };
}

async function choices(search: string): Promise<FilterChoices> {
  const all = (await ofShop('filter_choices')) as FilterChoices;
  const items = all.items.filter((item) => `${item.item_name} ${item.item_code}`.includes(search));
  return { items, item_count: items.length, categories: all.categories.filter((name) => name.includes(search)) };
}

/** Recorded of one question of each kind. */
const comparison = async ({ scope, of }: ComparisonQuery) => (scope.compare ? await ofShop(`comparison.${of}`) : null);

async function nextItems(args: Record<string, unknown>): Promise<unknown> {
  const item = (args['scope'] as Scope).item;
  if (args['category'] !== null) return await answer('categories.next_items');
  return item ? await ofShop('next_items') : await answer('categories.pairs');
}

/** Recorded are every measure by month, some ways to part customers, and two chosen months. */
async function cohortsOf(command: string, args: Record<string, unknown>): Promise<unknown> {
  const parted = args['by'] === 'month' ? [] : [`${command}.${String(args['by'])}`];
  const chosen = (args['chosen'] as string[]).length > 0 && parted.length === 0 ? [`${command}.chosen`] : [];
  const whole = command === 'cohorts' ? [`cohorts.${String(args['measure'])}`, 'cohorts.retention'] : [command];
  return await ofShop(...parted, ...chosen, ...whole);
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function goOn(): Promise<void> {
  await new Promise((resolve) => globalThis.addEventListener('go-on', resolve, { once: true }));
}

async function record(): Promise<unknown> {
  const held = asked.has('hold') ? goOn() : undefined;
  const total = 4_200_000;
  for (let step = 1; step <= 4; step += 1) {
    tell('progress', { done: (total * step) / 5, total, rows: step * 2_500, seconds_left: 4 - step });
    await pause(120);
  }
  await held;
  const files = await answer(`${about}.record`, `${shop}.record`, 'usual.record');
  shop = 'usual';
  return files;
}

async function exportAll(args: Record<string, unknown>): Promise<ExportAnswer> {
  tell('progress', { done: 700, total: 1_500, rows: 1_600, seconds_left: null });
  await pause(120);
  const format = String(args['format']);
  return {
    export: { export_id: 1, written_at: '2026-11-01T09:00:00', format, with_names: args['with_names'] === true, folder: 'Otokui', orders: 1_500 },
    files: [`otokui-export.${format}`],
  };
}

/** Recorded answers instead of a program. */
export const sampleTransport: Transport = {
  async ask(command, args = {}) {
    switch (command) {
      case 'start':
        return await start();
      case 'drawn':
      case 'cancel':
      case 'forget_drop':
      case 'undo':
      case 'forget_waiting':
      case 'change_map':
      case 'forget_map':
        return null;
      case 'open_sample':
        shop = 'costs';
        isSample = true;
        return await start();
      case 'close_sample':
        shop = 'empty';
        isSample = false;
        return await start();
      case 'write_report':
        return 'Otokui';
      case 'change_settings':
        return change(await settings(), args['settings'] as NewSetting[]);
      case 'undo_settings':
        return takeBack(await settings(), Number(args['change_id']));
      case 'set_event_rule':
      case 'switch_event_rule':
        calendarChanged = true;
        return await answer('changed.event_rules');
      case 'undo_event_rule':
        calendarChanged = false;
        return await ofShop('event_rules');
      case 'identity_join':
      case 'identity_apart':
        return decide(await identity(), command, Number(args['a']), Number(args['b']));
      case 'identity_separate':
        return decide(await identity(), command, 0, 0, String(args['order_number']));
      case 'identity_undo':
        return undecide(await identity(), Number(args['decision_id']));
      case 'problems':
        return await answer(`${chosen}.problems`, `${shop}.problems`, 'usual.problems');
      case 'save_problems':
        return 'otokui.csv';
      case 'export_all':
        return await exportAll(args);
      case 'choose_files':
        tell('preview-started', { files: 3 });
        await (asked.get('hold') === 'read' ? goOn() : pause(80));
        about = chosen;
        return await answer(`${about}.preview`, `${shop}.preview`, 'usual.preview');
      case 'map_table':
      case 'map_preview':
      case 'accept_map':
        return await answer(`map.${command}`);
      case 'choose_store':
        about = 'store';
        return args['token'] === null ? null : await answer('store.choose_store');
      case 'keep_no_names':
      case 'change_recovery_code':
        chosen = 'nameless';
        return begun;
      case 'give_recovery_code':
        if (args['code'] !== 'right') throw { code: 'bad_question', message: 'give_recovery_code: refused' };
        chosen = 'nameless';
        return null;
      case 'recovery_code':
        return begun.recovery_code;
      case 'choose_columns':
        return await answer(`${shop}.preview`, 'usual.preview');
      case 'record':
        return await record();
    }
    if (asked.has('wait')) return await new Promise<never>(() => undefined);
    if (asked.has('fail')) throw { code: 'refused', message: `${command}: refused` };
    if (command === 'customers') return await customers(args['query'] as CustomersQuery);
    if (command === 'gaps') return await ofShop(`gaps.${String(args['step'])}.${String(args['bin_days'])}`, 'gaps');
    if (command === 'cohorts' || command === 'lifetime_value') return await cohortsOf(command, args);
    if (command === 'groups') return await groups(args['query'] as GroupsQuery);
    if (command === 'imports' && chosen) return await answer(`${chosen}.imports`);
    if (command === 'next_items') return await nextItems(args);
    if (command === 'settings') return await settings();
    if (command === 'identity') return await identity();
    if (command === 'filter_choices') return await choices(String(args['search']));
    if (command === 'comparison') return await comparison(args['query'] as ComparisonQuery);
    if (command === 'event_rules' && calendarChanged) return await answer('changed.event_rules');
    if (command === 'points' && args['multiplier'] !== null) return await ofShop('points.lowered', 'points');
    if (command === 'profit_orders') return await ordersOf(args['step'] as Step);
    if (command === 'basis') return await ofShop('basis');
    if (command === 'orders') return await ordersFor(args['query'] as OrdersQuery);
    if (command === 'customer') return withReceived(withNotes((await ofShop('customer')) as Screen<CustomerPage>));
    if (command === 'actions') return withTaken((await ofShop('actions')) as Screen<Actions>);
    if (command.startsWith('taken_')) return take(command, args, (await ofShop('actions')) as Screen<Actions>);
    if (command === 'contacts') return withContacts((await ofShop('contacts')) as Contacts);
    if (command.startsWith('contact_')) return contact(command, args);
    if (command.startsWith('note_')) return note(command, args);
    if (command === 'profit' && args['event']) return await ofShop('profit.event', 'profit');
    return await ofShop(command);
  },
  async hear(event, listener) {
    listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    await Promise.resolve();
  },
};
