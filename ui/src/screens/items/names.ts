import type { Interval } from '../../api/generated/Interval';
import type { ItemName } from '../../api/generated/ItemName';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';

type Named = Pick<ItemName, 'mall' | 'item_code' | 'item_name'>;

/** `rakuten:beans`, as addresses name an item. */
export const key = (item: Named): string => `${item.mall}:${item.item_code}`;

/** Its name, or its code where it has none. */
export const name = (item: Named): string => item.item_name.trim() || item.item_code;

/** The place of an item's page. */
export const itemPlace = (item: Named): string => `item/${encodeURIComponent(key(item))}`;

const CATEGORY = 'category:';

/** The place of a category's page. */
export const categoryPlace = (category: string): string => `item/${encodeURIComponent(CATEGORY + category)}`;

/** What a place asks about. */
export function asked(place: string): { item: string | null; category: string | null } {
  const text = decoded(place.split('/').slice(1).join('/'));
  return text.startsWith(CATEGORY) ? { item: null, category: text.slice(CATEGORY.length) } : { item: text, category: null };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A share of purchases: `32.1%`, with fewer than 30 `15/47回`. */
export function shareOfPurchases(share: Interval): string {
  if (share.n >= format.FEW) return format.percent(share.value);
  return t('next-few', { part: format.count(share.value * share.n), whole: format.count(share.n) });
}

/** `1.8倍`. */
export const times = (lift: number): string => t('next-times', { lift: lift.toFixed(1) });
