import * as api from '../../api';
import type { Actions } from '../../api/generated/Actions';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import ThisWeek from './ThisWeek.svelte';

export default screen<Screen<Actions>>(
  ({ scope }) => api.actions(scope),
  ThisWeek,
  ({ answer }) => answer.as_of === null,
);
