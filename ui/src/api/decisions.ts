import type { Identity } from './generated/Identity';
import type { NewSetting } from './generated/NewSetting';
import type { Screen } from './generated/Screen';
import type { Setting } from './generated/Setting';
import type { Settings } from './generated/Settings';

/*
 * The answers that change with what the owner decides, kept for as long as the page lives: enough of the program's own
 * way to walk through the screens, and no more.
 */
const AT = '2026-11-01T09:00:00';

let of = '';
let settings: Settings | undefined;
let identity: Screen<Identity> | undefined;
const before = new Map<number, Setting[]>();

/** Another shop is as it was recorded. */
function open(shop: string): void {
  if (shop === of) return;
  of = shop;
  settings = undefined;
  identity = undefined;
}

/** The settings as they were recorded, with what was changed since. */
export async function settingsOf(shop: string, recorded: () => Promise<unknown>): Promise<Settings> {
  open(shop);
  settings ??= (await recorded()) as Settings;
  return structuredClone(settings);
}

function isOpen(setting: Setting): boolean {
  return setting.in_use && setting.step !== null && setting.value !== null && !setting.confirmed;
}

function changed(setting: Setting, { value, confirm }: NewSetting): Setting {
  if (confirm) return { ...setting, confirmed: true, changed_at: AT };
  if (value === undefined) return { ...setting, value: setting.default_value, value_label: setting.default_label, confirmed: false };
  const choice = setting.choices.find((known) => known.value === value);
  if (setting.form === 'choice' || setting.form === 'steps' ? !choice && !/^\d+(\/\d+){3}$/.test(value) : !/^\d+(\.\d+)?(-\d+(\.\d+)?)?$/.test(value)) throw { code: 'bad_question', message: value };
  return { ...setting, value, value_label: choice?.label ?? value, confirmed: true, changed_at: AT };
}

/** Changes settings as one change. */
export function change(known: Settings, news: NewSetting[]): Settings {
  const changeId = Math.max(0, ...known.changes.map((one) => one.change_id)) + 1;
  before.set(changeId, known.settings);
  const asked = (setting: Setting) => news.find(({ key }) => key === setting.key);
  const now = known.settings.map((setting) => {
    const one = asked(setting);
    return one ? changed(setting, one) : setting;
  });
  const rows = now.filter(asked).map(({ key, label, value_label }) => ({
    change_id: changeId, changed_at: AT, key, label, value_label, holds_from: asked({ key } as Setting)?.holds_from ?? null, undone_at: null,
  }));
  settings = { ...known, settings: now, unconfirmed_count: now.filter(isOpen).length, changes: [...rows, ...known.changes] };
  return structuredClone(settings);
}

/** Takes a change back. */
export function takeBack(known: Settings, changeId: number): Settings {
  const old = before.get(changeId) ?? known.settings;
  const keys = known.changes.filter((one) => one.change_id === changeId).map(({ key }) => key);
  const now = known.settings.map((setting) => (keys.includes(setting.key) ? (old.find(({ key }) => key === setting.key) ?? setting) : setting));
  const changes = known.changes.map((one) => (one.change_id === changeId ? { ...one, undone_at: AT } : one));
  settings = { ...known, settings: now, unconfirmed_count: now.filter(isOpen).length, changes };
  return structuredClone(settings);
}

const decidedPairs = new Map<number, Identity['likely_pairs']>();
let decisions = 100;

/** Who may be one person as it was recorded, with what was decided since. */
export async function identityOf(shop: string, recorded: () => Promise<unknown>): Promise<Screen<Identity>> {
  open(shop);
  identity ??= (await recorded()) as Screen<Identity>;
  return structuredClone(identity);
}

/** Decides about two customers, or about an order. */
export function decide({ answer, ...rest }: Screen<Identity>, kind: string, a: number, b: number, order: string | null = null): number {
  const decided = answer.likely_pairs.filter((pair) => order === null && pair.a === a && pair.b === b);
  const [pair] = decided;
  decisions += 1;
  decidedPairs.set(decisions, decided);
  const names = [pair?.left.display_name ?? String(a), pair?.right.display_name ?? String(b)].join(' / ');
  identity = {
    ...rest,
    answer: {
      ...answer,
      pair_count: answer.pair_count - decided.length,
      likely_pairs: answer.likely_pairs.filter((one) => !decided.includes(one)),
      decisions: [
        { decision_id: decisions, kind, decided_at: AT, sentence: order ?? names, customer_ids: order === null ? [a, b] : [], order_number: order },
        ...answer.decisions,
      ],
    },
  };
  return decisions;
}

/** Takes a decision back. */
export function undecide({ answer, ...rest }: Screen<Identity>, decisionId: number): null {
  const back = decidedPairs.get(decisionId) ?? [];
  identity = {
    ...rest,
    answer: {
      ...answer,
      pair_count: answer.pair_count + back.length,
      likely_pairs: [...back, ...answer.likely_pairs],
      decisions: answer.decisions.filter(({ decision_id }) => decision_id !== decisionId),
    },
  };
  return null;
}
