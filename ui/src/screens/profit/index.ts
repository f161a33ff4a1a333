import * as api from '../../api';
import type { Profit as Answer } from '../../api/generated/Profit';
import type { ProfitOrders } from '../../api/generated/ProfitOrders';
import type { Screen } from '../../api/generated/Screen';
import type { Step } from '../../api/generated/Step';
import { screen } from '../../lib/screen';
import Profit from './Profit.svelte';

/** The waterfall, and the way to the orders behind a step. */
export interface Waterfall {
  finding: string;
  screen: Screen<Answer>;
  orders: (step: Step) => Promise<ProfitOrders>;
}

export default screen<Waterfall>(
  async ({ scope, address }) => {
    const answer = await api.profit(scope, address.event);
    const orders = (step: Step) => api.profitOrders(scope, address.event, step);
    return { finding: answer.finding, screen: answer, orders };
  },
  Profit,
  ({ screen: { answer } }) => answer.as_of === null || answer.order_count === 0,
  ({ address }) => (address.event === null ? {} : { event: address.event }),
);
