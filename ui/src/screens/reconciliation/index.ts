import * as api from '../../api';
import type { Reconciliation as Answer } from '../../api/generated/Reconciliation';
import { screen } from '../../lib/screen';
import Reconciliation from './Reconciliation.svelte';

export default screen<Answer>(() => api.reconciliation(), Reconciliation);
