# Items and repurchase radar: words of answers

items-genre = Genre { $number }
items-shop = Whole shop
items-of-mall = { $mall }: { $item }
items-curve-again = The same again
items-curve-any = Anything
items-share = { $share } ({ COUNT($n, one: "person", other: "people") })
items-count = { $hits } of { COUNT($n, one: "person", other: "people") }
items-share-purchases = { $share } ({ $hits } of { COUNT($n, one: "time", other: "times") })
items-few = { COUNT($n, one: "person", other: "people") } (still few)
items-yen = { $yen } ({ COUNT($n, one: "person", other: "people") })
items-pieces = { COUNT($people, one: "person", other: "people") }, { COUNT($quantity, one: "piece", other: "pieces") }
items-days-count = { COUNT($count, one: "row", other: "rows") }

people-item = Bought "{ $item }" from { $from } to { $to }
people-item-all = Ever bought "{ $item }"
people-item-again = Bought "{ $item }" twice or more
people-item-first = First purchase held "{ $item }"
people-next = "{ $other }" in the purchase after "{ $item }"
people-basket = "{ $item }" and "{ $other }" on the same day, { $from } to { $to }

region-item-first = First bought "{ $item }": back within 180 days { $text }
region-item-value = First bought "{ $item }", sum of 365 days: { $text }
region-item-next = "{ $item }" in the next purchase: { $text }, { $lift } times the whole shop
region-item-gap = By day { $days } { $lines }
region-item-gap-line = { $curve } { $share } ({ COUNT($n, one: "purchase", other: "purchases") } still waiting)
region-radar-item = "{ $item }": { COUNT($people, one: "person", other: "people") } due, { COUNT($quantity, one: "piece", other: "pieces") } last time
region-radar-day = { $day }: { COUNT($due, one: "row", other: "rows") } due, { $new } of them from that day

finding-items-best = Of customers whose first purchase was "{ $item }", { $share } came back within 180 days ({ COUNT($n, one: "person", other: "people") }). The whole shop has { $all }.
finding-items-top = "{ $item }" sold best in this period; { COUNT($people, one: "person", other: "people") } bought it.
finding-items-count = { COUNT($count, one: "item has", other: "items have") } been sold so far.
finding-next-gap = Half of those who buy "{ $item }" again have done so by day { $days } ({ $n } repeat purchases).
finding-next-item = The next purchase most often holds "{ $next }": { $hits } of { COUNT($n, one: "time", other: "times") }, { $lift } times the whole shop.
finding-next-few = "{ $item }" has been followed by a purchase { COUNT($have, one: "time", other: "times") }. From { $need } on, the items bought next are shown.
finding-next-pairs = "{ $next }" after "{ $item }" is the most frequent succession, { COUNT($hits, one: "time", other: "times") }.
finding-next-none = No succession of two items has happened ten times yet.
finding-next-unknown = That item or category is in no order so far.
finding-radar = From { $from } to { $to }, { COUNT($people, one: "person is", other: "people are") } due ({ COUNT($count, one: "row", other: "rows") }, { $first } of them from the first day).
finding-radar-item = Most are due for "{ $item }": { COUNT($people, one: "person", other: "people") }.
finding-radar-none = Nobody is due from { $from } to { $to }.
finding-radar-short = Too few have bought again to say when anybody is due: it takes 10 repeat purchases of an item, or 30 in the whole shop.
cli-radar-item = { $item } × { $quantity }
