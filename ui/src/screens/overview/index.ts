import * as api from '../../api';
import type { Overview as Answer } from '../../api/generated/Overview';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import Overview from './Overview.svelte';

export default screen<Screen<Answer>>(
  ({ scope }) => api.overview(scope),
  Overview,
  ({ answer }) => answer.as_of === null,
);
