import * as api from '../../api';
import type { ComingBack as Answer } from '../../api/generated/ComingBack';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import ComingBack from './ComingBack.svelte';
import { BIN_DAYS, STEP } from './columns';

/** Who comes back, and a way to see the days of another step in other bars. */
export interface Story {
  finding: string;
  screen: Screen<Answer>;
  ask: (step: number, binDays: number) => Promise<Screen<Answer>>;
}

export default screen<Story>(
  async ({ scope }) => {
    const ask = (step: number, binDays: number) => api.gaps(scope, step, binDays);
    const first = await ask(STEP, BIN_DAYS);
    return { finding: first.finding, screen: first, ask };
  },
  ComingBack,
  ({ screen }) => screen.answer.as_of === null,
);
