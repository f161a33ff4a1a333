import * as api from '../../api';
import type { Cohorts } from '../../api/generated/Cohorts';
import type { LifetimeValue as Answer } from '../../api/generated/LifetimeValue';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import LifetimeValue from './LifetimeValue.svelte';

/** Both answers of the screen; the finding is that of the curves. */
export interface Both {
  finding: string;
  value: Screen<Answer>;
  cohorts: Screen<Cohorts>;
}

export default screen<Both>(
  async ({ scope, address }) => {
    const [value, cohorts] = await Promise.all([api.lifetimeValue(scope), api.cohorts(scope, address.measure)]);
    return { finding: value.finding, value, cohorts };
  },
  LifetimeValue,
  ({ value }) => value.answer.as_of === null,
);
