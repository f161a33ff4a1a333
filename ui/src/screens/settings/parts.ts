import type { Mall } from '../../api/generated/Mall';
import type { NewSetting } from '../../api/generated/NewSetting';
import type { Setting } from '../../api/generated/Setting';
import type { SettingChange } from '../../api/generated/SettingChange';
import { MALLS } from '../../lib/address';

/** The steps of the page, from top to bottom. */
export const PARTS = ['malls', 'rates', 'postage', 'costs', 'more'] as const;

/** One of them. */
export type Part = (typeof PARTS)[number];

/** Where a setting is asked. */
export function partOf(setting: Setting): Part {
  if (setting.mall !== null) return setting.step === null ? 'malls' : 'rates';
  const [family] = setting.key.split('.');
  if (family === 'postage') return 'postage';
  return family === 'goods' ? 'costs' : 'more';
}

/** A rate or amount of a mall in use that only holds by default. */
export function isOpen(setting: Setting): boolean {
  return setting.in_use && setting.step !== null && setting.value !== null && !setting.confirmed;
}

/** The fee of one way of paying. */
export function isOfPayment(setting: Setting): boolean {
  return setting.key.includes('.payment_fee.');
}

/** Malls in use, in their order. */
export function mallsInUse(settings: readonly Setting[]): Mall[] {
  return MALLS.filter((mall) => settings.some((setting) => setting.mall === mall && setting.in_use));
}

/** The places a default was read at, without their remarks. */
export function places(source: string): string[] {
  return [...new Set(source.match(/(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/[^\s;,()]*)?/g) ?? [])];
}

/** Marks the value that holds as the owner's own. */
export function confirming(settings: readonly Setting[]): NewSetting[] {
  return settings.map(({ key }) => ({ key, confirm: true }));
}

/** Settings that were changed together, newest first. */
export interface ChangeRow {
  changeId: number;
  changedAt: string;
  undone: boolean;
  settings: SettingChange[];
}

/** One row per change. */
export function changeRows(changes: readonly SettingChange[]): ChangeRow[] {
  const rows = new Map<number, ChangeRow>();
  for (const change of changes) {
    const row = rows.get(change.change_id) ?? { changeId: change.change_id, changedAt: change.changed_at, undone: change.undone_at !== null, settings: [] };
    row.settings.push(change);
    rows.set(change.change_id, row);
  }
  return [...rows.values()].sort((a, b) => b.changeId - a.changeId);
}
