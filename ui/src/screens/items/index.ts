import * as api from '../../api';
import type { Items as Answer } from '../../api/generated/Items';
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
  async ({ scope }) => {
    const [list, next] = await Promise.all([api.items(scope), api.nextItems(scope)]);
    return { finding: list.finding, list, successions: next.answer };
  },
  Items,
  ({ list }) => list.answer.as_of === null,
);
