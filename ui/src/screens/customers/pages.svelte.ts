import { SvelteMap } from 'svelte/reactivity';
import type { CustomerRow } from '../../api/generated/CustomerRow';
import type { CustomersPage } from '../../api/generated/CustomersPage';
import type { CustomerList } from '.';

/** The pages seen so far of one question; a row that is not there yet is fetched with its page. */
export class Pages {
  readonly #seen = new SvelteMap<number, CustomersPage>();
  readonly #asked = new Set<number>([0]);
  readonly #list: CustomerList;

  constructor(list: CustomerList) {
    this.#list = list;
    this.#seen.set(0, list.first);
  }

  /** The row at a place of the whole list, if its page is here. */
  row(index: number): CustomerRow | undefined {
    const size = Math.max(1, this.#list.first.page_size);
    return this.#seen.get(Math.floor(index / size))?.rows[index % size];
  }

  /** Fetches what is missing between two places; a page that cannot be had is asked for again next time. */
  async want(from: number, to: number): Promise<void> {
    const size = Math.max(1, this.#list.first.page_size);
    const missing: number[] = [];
    for (let page = Math.floor(from / size); page <= Math.floor(to / size); page += 1) {
      if (!this.#asked.has(page)) missing.push(page);
    }
    await Promise.all(
      missing.map(async (page) => {
        this.#asked.add(page);
        try {
          this.#seen.set(page, await this.#list.page(page));
        } catch {
          this.#asked.delete(page);
        }
      }),
    );
  }
}
