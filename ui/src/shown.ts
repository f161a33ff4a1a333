import * as api from './api';
import type { Comparison } from './api/generated/Comparison';
import type { Start } from './api/generated/Start';
import { HOME, itemOf, scope, type Address, type Filter } from './lib/address';
import type { Screened } from './lib/screen';
import type { Route } from './routes';

/** A screen with what it has to say. */
export interface Shown {
  route: Route;
  screen: Screened;
  address: Address;
  answer: unknown;
  /** The period beside another one, where that is asked for and the screen knows it. */
  comparison: Comparison | null;
}

/** Asks for what a screen shows at an address. */
export async function answered(route: Route, screen: Screened, address: Address, start: Start): Promise<Shown> {
  const asked = { address, start, scope: scope(address, start.first_day, start.last_day) };
  const compared = asked.scope.compare ? route.compared : undefined;
  const [answer, comparison] = await Promise.all([
    screen.load(asked),
    compared ? api.comparison({ scope: asked.scope, of: compared, part: 'sales', net_sales: false, ...screen.compares?.(asked) }) : null,
  ]);
  return { route, screen, address, answer, comparison };
}

/** An address with the filters alone that act on a screen. */
export function acting(filters: readonly Filter[], address: Address): Address {
  return {
    ...address,
    item: itemOf(address),
    ...(filters.includes('period') ? {} : { period: HOME.period, from: null, to: null }),
    mall: filters.includes('mall') ? address.mall : null,
    group: filters.includes('group') ? address.group : null,
  };
}
