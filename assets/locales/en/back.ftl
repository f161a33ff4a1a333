# Who comes back: answers in sentences, for the screens and the command line

## Findings
finding-back-gap = Half of those who buy a second time do so within { COUNT($median, one: "day", other: "days") }, 80 % within { COUNT($lapse, one: "day", other: "days") }.
finding-back-due = { COUNT($people, one: "person", other: "people") } first bought { $from } to { COUNT($to, one: "day", other: "days") } ago and made no second purchase so far. Write to them now, while others come back: a note on use or care.
finding-back-few = { COUNT($have, one: "customer has", other: "customers have") } bought a second time. From { $need } on, the screen shows when people come back.

## Words in figures
back-step-within = { $step } ({ COUNT($days, one: "day", other: "days") })
back-at-risk = Still waited for
back-cumulative = back by then
region-back-curve = by day { $days }: { $lines }
region-back-line = { $step } { $share } ({ $n } still waited for)
region-back-bins = { $people } back after { $from } to { COUNT($to, one: "day", other: "days") } ({ $share } by then)
region-back-month = { $month }: { $back } of { COUNT($people, one: "buyer", other: "buyers") } ({ $share })
region-back-month-year = { $month }: { $back } of { COUNT($people, one: "buyer", other: "buyers") } ({ $share }), same month last year { $before }
region-back-step = { $step } { $text }

## Customers
people-step-back = Made purchase { $step } within { COUNT($days, one: "day", other: "days") } of purchase { $before }
people-step-observed = Purchase { $before } at least { COUNT($days, one: "day", other: "days") } ago
people-step-open = Purchase { $before } less than { COUNT($days, one: "day", other: "days") } ago
people-gap = Made purchase { $step } { $from } to { COUNT($to, one: "day", other: "days") } after purchase { $before }
people-waiting = Purchase { $before } { $from } to { COUNT($to, one: "day", other: "days") } ago, purchase { $step } still to come
people-back-month = Came back in { $month }
people-new-period = First bought between { $from } and { $to }
people-existing-period = Bought again between { $from } and { $to }
people-counted = Came back as counted by { $label }
people-among = Counted by { $label }

## Why other screens say something else
back-definition-otokui-repeat = Otokui: share who came back
back-definition-otokui-repeat-text = Buyers of the period whose purchase in it is not their first. Subscription deliveries alone do not count.
back-definition-otokui-f2 = Otokui: second purchase within 180 days
back-definition-otokui-f2-text = Of those whose first purchase is at least 180 days ago, who bought again within 180 days. Those who have not had 180 days are left out.
back-definition-r-karte = Rakuten R-Karte: repeat
back-definition-r-karte-text = Of the period’s buyers at Rakuten, those who had bought at Rakuten before the period began.
back-definition-r-karte-why = Who first buys in the period and comes back in it is “new”. Only orders at Rakuten count.
back-definition-r-karte-source = Rakuten RMS, R-Karte, new and repeat buyers. How far it looks back is not published; here as far as the imported orders go (looked up on 22 Nov 2026).
back-definition-store-creator = Store Creator Pro: existing
back-definition-store-creator-text = Of the period’s buyers at Yahoo! Shopping, those who had bought there within the year before.
back-definition-store-creator-why = Who last bought more than a year ago and returns is “new”. Only orders at Yahoo! Shopping count.
back-definition-store-creator-source = Store Creator Pro manual, report on new and existing customers by item (9 Feb 2024). Judged at the first order of the period (looked up on 22 Nov 2026).
back-definition-futureshop = futureshop: F2 conversion
back-definition-futureshop-text = Of all buyers of the three years up to the end of the period, those with two purchases or more.
back-definition-futureshop-why = Those who have only just bought count as well, so it falls when new customers come in. Each subscription delivery counts, and two orders on one day are two.
back-definition-futureshop-source = futureshop manual, repeat order reports, common data (looked up on 22 Nov 2026).
back-definition-shopify = Shopify: returning customers
back-definition-shopify-text = Of the period’s buyers, those with two orders or more in all.
back-definition-shopify-why = Who came back after the period counts too, so older periods look better. Two orders on one day are two.
back-definition-shopify-source = Shopify Help Center, customer reports (looked up on 22 Nov 2026).
back-definition-all-so-far = Handbooks: repeat rate
back-definition-all-so-far-text = Those who bought again in the period ÷ everybody who ever bought.
back-definition-all-so-far-why = Everybody since the shop opened is in the divisor, so it is lower the older the shop and the shorter the period.
back-definition-all-so-far-source = Common in guides to mail order, such as Repisuto’s on repeat rates (looked up on 22 Nov 2026).
back-definition-first-timers = Uchide no Kozuchi: repeat rate
back-definition-first-timers-text = Of those who first bought in the period, who has bought a second time by now.
back-definition-first-timers-why = Those who have only just bought count as well and have had little time to return, which makes it lower.
back-definition-first-timers-source = Uchide no Kozuchi, glossary, repeat rate (looked up on 22 Nov 2026).

## Command line
cli-back-days = within { COUNT($days, one: "day", other: "days") }
cli-back-year-before = last year { $share }
cli-back-gaps = { $step }  half { $median }  quarter to three quarters { $lower }–{ $upper }  back { $back }  waiting { $waiting }
