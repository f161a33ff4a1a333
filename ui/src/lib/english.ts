import how from '../../../assets/locales/en/how.ftl?raw';
import screens from '../../../assets/locales/en/ui.ftl?raw';

/** The English words; read only where they are asked for. */
export const english: readonly string[] = [screens, how];
