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
  /** Keeps what winning a customer costs; `null` takes it back. */
  saveCost: (yen: string | null) => Promise<void>;
  /** Takes the last change of the settings back. */
  undoCost: () => Promise<void>;
}

export default screen<Both>(
  async ({ scope, address: { measure, by, chosen } }) => {
    const [value, cohorts] = await Promise.all([
      api.lifetimeValue(scope, by, chosen),
      api.cohorts(scope, measure, by, chosen),
    ]);
    return {
      finding: value.finding,
      value,
      cohorts,
      saveCost: async (yen) => {
        await api.changeSettings([{ key: 'acquisition_cost', confirm: false, ...(yen === null ? {} : { value: yen }) }]);
      },
      undoCost: async () => {
        await api.undoSettings(null);
      },
    };
  },
  LifetimeValue,
  ({ value }) => value.answer.as_of === null,
);
