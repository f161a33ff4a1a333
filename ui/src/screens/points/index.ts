import * as api from '../../api';
import type { Points as Answer } from '../../api/generated/Points';
import type { Screen } from '../../api/generated/Screen';
import type { WhatIf } from '../../api/generated/WhatIf';
import { screen } from '../../lib/screen';
import Points from './Points.svelte';

/** What hangs on events and points, and what a lower multiplier would do. */
export interface Hangs {
  finding: string;
  points: Screen<Answer>;
  /** The same with another multiplier lowered by one. */
  lower: (multiplier: number) => Promise<WhatIf | null>;
}

export default screen<Hangs>(
  async ({ scope }) => {
    const points = await api.points(scope, null);
    const lower = async (multiplier: number) => (await api.points(scope, multiplier)).answer.what_if;
    return { finding: points.finding, points, lower };
  },
  Points,
  ({ points }) => points.answer.as_of === null,
);
