import * as api from '../../api';
import type { Items as Answer } from '../../api/generated/Items';
import type { ItemName } from '../../api/generated/ItemName';
import type { NextItems } from '../../api/generated/NextItems';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import Items from './Items.svelte';

/** The list and the commonest successions; the finding is that of the list. */
export interface Shelf {
  finding: string;
  list: Screen<Answer>;
  successions: NextItems;
}

export default screen<Shelf>(
  async ({ scope: { item, category, ...rest } }) => {
    const chosen = { ...(item ? { item } : {}), ...(category ? { category } : {}) };
    const [list, next] = await Promise.all([api.items({ ...rest, ...chosen }), api.nextItems(rest)]);
    // An item asked for keeps the successions it is part of.
    const is = (of: ItemName) => list.answer.items.some((row) => row.mall === of.mall && row.item_code === of.item_code);
    const pairs = item || category ? next.answer.pairs.filter((pair) => is(pair.item) || is(pair.next)) : next.answer.pairs;
    return { finding: list.finding, list, successions: { ...next.answer, pairs } };
  },
  Items,
  ({ list }) => list.answer.as_of === null,
);
