import * as api from '../../api';
import type { Groups as Answer } from '../../api/generated/Groups';
import type { Screen } from '../../api/generated/Screen';
import { screen } from '../../lib/screen';
import Groups from './Groups.svelte';

export default screen<Screen<Answer>>(
  ({ scope }) => api.groups(scope),
  Groups,
  ({ answer }) => answer.as_of === null || answer.customer_count === 0,
);
