# Points and events: the words of answers

people-dependence = Dependence on events: { $band }
people-plane = { $band }, attachment { $level }
people-plane-part = Way of holding to the shop: { $part }
people-first-order = First order: { $first }
people-events-first = First two purchases on event days
people-events-left = First two purchases on event days, later one at full value
people-events-only = First two purchases on event days, still only there
people-repeat-events = Came back on an event day, { $from } to { $to }
people-multiplier = Bought at ×{ $times } points, { $from } to { $to }

region-plane = { $band }, attachment { $level }: { COUNT($people, one: "person", other: "people") }
region-band = { $band }: { COUNT($people, one: "person", other: "people") } ({ $share })
region-band-undecided = { $band }: { COUNT($people, one: "person", other: "people") }
points-band-people = { $people }

finding-points-none = No repeat purchase of this period can be compared with customers who bought once yet.
finding-points-few = There are { $count } repeat purchases, { $hits } of them on event days. From { $need } on a share is given.
finding-points-more = Of { $count } repeat purchases { $share } were on event days, { COUNT($points, one: "point", other: "points") } more than the { $expected } of customers who bought once.
finding-points-less = Of { $count } repeat purchases { $share } were on event days, { COUNT($points, one: "point", other: "points") } less than the { $expected } of customers who bought once: they come back without events.
finding-points-even = Of { $count } repeat purchases { $share } were on event days, no clear difference from customers who bought once ({ $expected }).
finding-points-hunters = Show the { COUNT($people, one: "person", other: "people") } who come for events what sells on plain days first, without adding points.
finding-points-keep = News of items and their use come before more points.

finding-events = { $rules } event rules are in use ({ $imported } imported windows, { $own } of your own).
finding-events-import = Import Rakuten’s campaign data for the exact windows of its marathons.
events-comma = {", "}
events-when-days = Day { $days } of every month
events-when-weekday = Every { $weekday }
events-when-month-is-day = Days that are the month’s number (1/1, 2/2 … 12/12)
events-when-months = Months { $months }, day { $from } { $begins } to day { $to } { $ends }
events-when-window = { $begins } to { $ends }
events-when-windows = { COUNT($count, one: "time", other: "times") } ({ $first } to { $last })
events-changed-added = “{ $name }” added ({ $when })
events-changed-set = “{ $name }” changed ({ $when })
events-changed-off = “{ $name }” switched off
events-changed-on = “{ $name }” used again
events-changed-default = “{ $name }” back to the original
cli-what-if = Lowering ×{ $times } points to ×{ $lowered } saves { $saved } for sure ({ COUNT($orders, one: "order", other: "orders") }).
events-remark-first-day-unknown = Nobody says since when.
events-remark-incomplete = It comes irregularly: only the times that were found.
events-remark-usual-times = Where no hours were found, the usual ones stand.
events-remark-recent-years = The days are those of recent years.
