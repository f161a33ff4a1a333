import type { Actions } from './generated/Actions';
import type { By } from './generated/By';
import type { Basis } from './generated/Basis';
import type { Code } from './generated/Code';
import type { Comparison } from './generated/Comparison';
import type { ComparisonQuery } from './generated/ComparisonQuery';
import type { Cohorts } from './generated/Cohorts';
import type { ComingBack } from './generated/ComingBack';
import type { Contacts } from './generated/Contacts';
import type { CustomerId } from './generated/CustomerId';
import type { CustomerPage } from './generated/CustomerPage';
import type { CustomersPage } from './generated/CustomersPage';
import type { CustomersQuery } from './generated/CustomersQuery';
import type { EventRules } from './generated/EventRules';
import type { EventSwitch } from './generated/EventSwitch';
import type { ExportAnswer } from './generated/ExportAnswer';
import type { ExportFormat } from './generated/ExportFormat';
import type { FilterChoices } from './generated/FilterChoices';
import type { FileAnswer } from './generated/FileAnswer';
import type { Groups } from './generated/Groups';
import type { GroupsQuery } from './generated/GroupsQuery';
import type { MapDocument } from './generated/MapDocument';
import type { MapOffer } from './generated/MapOffer';
import type { MapPreview } from './generated/MapPreview';
import type { Identity } from './generated/Identity';
import type { GrowthMap } from './generated/GrowthMap';
import type { Imports } from './generated/Imports';
import type { Items } from './generated/Items';
import type { LifetimeValue } from './generated/LifetimeValue';
import type { Measure } from './generated/Measure';
import type { NamelessBegun } from './generated/NamelessBegun';
import type { NewContactEntry } from './generated/NewContactEntry';
import type { NewEventRule } from './generated/NewEventRule';
import type { NewSetting } from './generated/NewSetting';
import type { NewTakenAction } from './generated/NewTakenAction';
import type { NextItems } from './generated/NextItems';
import type { OrdersPage } from './generated/OrdersPage';
import type { OrdersQuery } from './generated/OrdersQuery';
import type { Overview } from './generated/Overview';
import type { Points } from './generated/Points';
import type { Preview } from './generated/Preview';
import type { Problems } from './generated/Problems';
import type { Profit } from './generated/Profit';
import type { ProfitOrders } from './generated/ProfitOrders';
import type { Progress } from './generated/Progress';
import type { Reconciliation } from './generated/Reconciliation';
import type { RadarPage } from './generated/RadarPage';
import type { Scope } from './generated/Scope';
import type { Screen } from './generated/Screen';
import type { Settings } from './generated/Settings';
import type { Start } from './generated/Start';
import type { Step } from './generated/Step';
import { inWindow, windowTransport } from './window';

export { firstAnswers } from './window';

/** Why a command has no answer: finished words in the owner's language; `unknown` when the program did not answer. */
export interface ErrorAnswer {
  code: Code | 'unknown';
  message: string;
}

/** What the program tells unasked. */
export interface Events {
  'drop-over': boolean;
  'preview-started': { files: number };
  preview: Preview;
  progress: Progress;
  failed: ErrorAnswer;
}

/** The way to the program: its window, or recorded answers in a plain browser. */
export interface Transport {
  ask(command: string, args?: Record<string, unknown>): Promise<unknown>;
  hear(event: string, listener: (payload: unknown) => void): Promise<void>;
}

let chosen: Promise<Transport> | undefined;

function transport(): Promise<Transport> {
  chosen ??= choose();
  return chosen;
}

async function choose(): Promise<Transport> {
  if (import.meta.env.MODE === 'sample' && !inWindow()) return (await import('./sample')).sampleTransport;
  return windowTransport;
}

async function ask<T>(command: string, args?: Record<string, unknown>): Promise<T> {
  return (await (await transport()).ask(command, args)) as T;
}

/** Listens to an event for as long as the page lives. */
export async function hear<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): Promise<void> {
  await (await transport()).hear(event, (payload) => {
    listener(payload as Events[E]);
  });
}

/** Whatever was thrown, as an answer; an answer of the program passes through. */
export function asErrorAnswer(thrown: unknown): ErrorAnswer {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
    const code = 'code' in thrown ? (thrown.code as Code) : 'unknown';
    return { code, message: String(thrown.message) };
  }
  return { code: 'unknown', message: String(thrown) };
}

export const start = () => ask<Start>('start');
export const overview = (scope: Scope) => ask<Screen<Overview>>('overview', { scope });
export const groups = (query: GroupsQuery) => ask<Screen<Groups>>('groups', { query });
export const gaps = (scope: Scope, step: number, bin_days: number) =>
  ask<Screen<ComingBack>>('gaps', { scope, step, bin_days });
export const cohorts = (scope: Scope, measure: Measure, by: By, chosen: readonly string[]) =>
  ask<Screen<Cohorts>>('cohorts', { scope, measure, by, chosen });
export const lifetimeValue = (scope: Scope, by: By, chosen: readonly string[]) =>
  ask<Screen<LifetimeValue>>('lifetime_value', { scope, by, chosen });
export const growthMap = (scope: Scope) => ask<Screen<GrowthMap>>('growth_map', { scope });
export const items = (scope: Scope) => ask<Screen<Items>>('items', { scope });
export const nextItems = (scope: Scope, category: string | null = null) =>
  ask<Screen<NextItems>>('next_items', { scope, category });
export const radar = (scope: Scope, page: number) => ask<Screen<RadarPage>>('radar', { scope, page });
export const points = (scope: Scope, multiplier: number | null) => ask<Screen<Points>>('points', { scope, multiplier });
export const eventRules = () => ask<EventRules>('event_rules');
export const setEventRule = (rule: NewEventRule) => ask<EventRules>('set_event_rule', { rule });
export const switchEventRule = (key: string, to: EventSwitch) => ask<EventRules>('switch_event_rule', { key, to });
export const undoEventRule = (change_id: number | null) => ask<EventRules>('undo_event_rule', { change_id });
export const actions = (scope: Scope) => ask<Screen<Actions>>('actions', { scope });
export const customers = (query: CustomersQuery) => ask<CustomersPage>('customers', { query });
export const customer = (customer_id: CustomerId, scope: Scope) =>
  ask<Screen<CustomerPage>>('customer', { customer_id, scope });
export const imports = () => ask<Imports>('imports');
export const chooseFiles = () => ask<Preview | null>('choose_files');
export const chooseColumns = (token: number, file: number, code: string, cost: string) =>
  ask<Preview>('choose_columns', { token, file, code, cost });
export const mapTable = (token: number, file: number, header_row: number) => ask<MapOffer>('map_table', { token, file, header_row });
export const mapPreview = (token: number, file: number, header_row: number, map: MapDocument) =>
  ask<MapPreview>('map_preview', { token, file, header_row, map });
export const acceptMap = (token: number, file: number, header_row: number, map: MapDocument) =>
  ask<Preview>('accept_map', { token, file, header_row, map });
export const changeMap = (fingerprint: string, map: MapDocument) => ask<null>('change_map', { fingerprint, map });
export const forgetMap = (fingerprint: string) => ask<null>('forget_map', { fingerprint });
export const chooseStore = (store: string, token?: number) => ask<Preview | null>('choose_store', { store, token: token ?? null });
/** From now on no names are kept; answers the recovery code, which may be shown this once only. */
export const keepNoNames = () => ask<NamelessBegun>('keep_no_names');
export const giveRecoveryCode = (code: string) => ask<null>('give_recovery_code', { code });
/** Gives a lost code up for a new one. */
export const changeRecoveryCode = () => ask<NamelessBegun>('change_recovery_code');
export const recoveryCode = () => ask<string>('recovery_code');
export const record = (token: number) => ask<FileAnswer[]>('record', { token });
/** The files of a preview are not to be recorded. */
export const forgetDrop = (token: number) => ask<null>('forget_drop', { token });
export const cancel = () => ask<null>('cancel');
export const undo = (batch_id: number) => ask<null>('undo', { batch_id });
export const forgetWaiting = (waiting_id: number) => ask<null>('forget_waiting', { waiting_id });
export const openSample = () => ask<Start>('open_sample');
export const closeSample = () => ask<Start>('close_sample');
export const writeReport = (scope: Scope) => ask<string | null>('write_report', { scope });
export const exportAll = (format: ExportFormat, with_names: boolean) =>
  ask<ExportAnswer | null>('export_all', { format, with_names });
export const problems = (batch_id: number) => ask<Problems>('problems', { batch_id });
export const saveProblems = (batch_id: number) => ask<string | null>('save_problems', { batch_id });
export const reconciliation = () => ask<Reconciliation>('reconciliation');
export const drawn = () => ask<null>('drawn');
export const profit = (scope: Scope, event: string | null) => ask<Screen<Profit>>('profit', { scope, event });
export const profitOrders = (scope: Scope, event: string | null, step: Step) =>
  ask<ProfitOrders>('profit_orders', { scope, event, step });
/** Items and categories the filter offers, by a part of their names. */
export const filterChoices = (search: string) => ask<FilterChoices>('filter_choices', { search });
/** The scope's period beside another one; nothing where none is asked for. */
export const comparison = (query: ComparisonQuery) => ask<Comparison | null>('comparison', { query });
export const settings = () => ask<Settings>('settings');
export const changeSettings = (settings: NewSetting[]) => ask<Settings>('change_settings', { settings });
export const undoSettings = (change_id: number | null) => ask<Settings>('undo_settings', { change_id });
export const identity = () => ask<Screen<Identity>>('identity');
export const joinCustomers = (a: CustomerId, b: CustomerId) => ask<number>('identity_join', { a, b });
export const keepApart = (a: CustomerId, b: CustomerId) => ask<number>('identity_apart', { a, b });
export const separateOrder = (order_number: string) => ask<number>('identity_separate', { order_number });
export const undoDecision = (decision_id: number) => ask<null>('identity_undo', { decision_id });
/** What every figure rests on. */
export const basis = (scope: Scope) => ask<Basis>('basis', { scope });
export const orders = (query: OrdersQuery) => ask<OrdersPage>('orders', { query });
/** Answers the note's number. */
export const addNote = (customer_id: CustomerId, text: string) => ask<number>('note_add', { customer_id, text });
export const changeNote = (note_id: number, text: string) => ask<null>('note_change', { note_id, text });
export const removeNote = (note_id: number) => ask<null>('note_remove', { note_id });
/** Takes the last change of a note back, its removal too. */
export const undoNote = (note_id: number) => ask<null>('note_undo', { note_id });
/** An action was carried out; answers the record's number. */
export const recordTaken = (taken: NewTakenAction) => ask<number>('taken_record', { taken });
export const removeTaken = (taken_id: number) => ask<null>('taken_remove', { taken_id });
/** Takes the last change of a record back, its removal too. */
export const undoTaken = (taken_id: number) => ask<null>('taken_undo', { taken_id });
export const contacts = () => ask<Contacts>('contacts');
/** Answers the contact's number. */
export const addContact = (contact: NewContactEntry) => ask<number>('contact_add', { contact });
export const tieContact = (contact_id: number, customer_id: CustomerId) => ask<null>('contact_tie', { contact_id, customer_id });
export const untieContact = (contact_id: number) => ask<null>('contact_untie', { contact_id });
export const removeContact = (contact_id: number) => ask<null>('contact_remove', { contact_id });
/** Takes the last change of a contact back. */
export const undoContact = (contact_id: number) => ask<null>('contact_undo', { contact_id });
