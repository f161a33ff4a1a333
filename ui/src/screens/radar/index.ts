import * as api from '../../api';
import type { RadarPage } from '../../api/generated/RadarPage';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import Radar from './Radar.svelte';

/** The first page and the way to the others. */
export interface Due {
  finding: string;
  first: Screen<RadarPage>;
  page: (page: number) => Promise<RadarPage>;
}

export default screen<Due>(
  async ({ scope }) => {
    const first = await api.radar(scope, 0);
    return { finding: first.finding, first, page: async (page) => (await api.radar(scope, page)).answer };
  },
  Radar,
  ({ first }) => first.answer.radar.as_of === null,
);
