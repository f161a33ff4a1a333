import * as api from '../../api';
import type { NextItems } from '../../api/generated/NextItems';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import Item from './Item.svelte';
import { asked } from './names';

/** One item or one category, whichever the address names: `item/rakuten%3Abeans`, `item/category%3ATea`. */
export default screen<Screen<NextItems>>(
  ({ scope, address }) => {
    const { item, category } = asked(address.place);
    return api.nextItems(item === null ? scope : { ...scope, item }, category);
  },
  Item,
  ({ answer }) => answer.as_of === null,
  ({ scope: { item: _, category: __, ...rest }, address }) => {
    const { item, category } = asked(address.place);
    return { scope: { ...rest, ...(item === null ? {} : { item }), ...(category === null ? {} : { category }) } };
  },
);
