import * as api from '../../api';
import type { Overview as Answer } from '../../api/generated/Overview';
import type { Profit } from '../../api/generated/Profit';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import Overview from './Overview.svelte';

/** The figures of the period, and where its money goes. */
export interface Story {
  finding: string;
  overview: Screen<Answer>;
  profit: Screen<Profit>;
}

export default screen<Story>(
  async ({ scope }) => {
    const [overview, profit] = await Promise.all([api.overview(scope), api.profit(scope, null)]);
    return { finding: overview.finding, overview, profit };
  },
  Overview,
  ({ overview }) => overview.answer.as_of === null,
);
