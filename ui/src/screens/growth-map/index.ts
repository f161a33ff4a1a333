import * as api from '../../api';
import { screen } from '../../lib/screen';
import GrowthMap from './GrowthMap.svelte';

export default screen(({ scope }) => api.growthMap(scope), GrowthMap, ({ answer }) => answer.as_of === null);
