# Narrowing by period or item, comparing with another period

compare-previous-year = The same time last year ({ $from } to { $to })
compare-period = The other period ({ $from } to { $to })
compare-finding = { $when }: { $label } was { $other }. Now it is { $now }, { $change }.
compare-finding-unknown = { $when }: { $label } was { $other }; now it is { $now }.
compare-none = { $when }: there are no data. They begin on { $day }.
compare-note-part = The data begin on { $day }, so the other period is there only in part.
compare-note-age = Only customers observed as long are compared, over the same number of days since their first purchase.
compare-note-group = Groups are those of today: the figures of the other period are also of the people who are in the group now.
compare-unknown = not known yet
compare-net-sales = Net sales
compare-order-count = Orders
compare-customer-count = Buyers
compare-new-customer-count = New customers
compare-average-order-value = Average order value
compare-repeat-share = Repeat share
compare-f2-90 = Of those won in the period, again within 90 days
compare-customers-so-far = Customers so far
compare-ltv-90 = Per customer in 90 days
compare-ltv-180 = Per customer in 180 days
compare-ltv-365 = Per customer in 365 days
compare-won = First purchase in the period
compare-goods = Goods sold (before coupons)
compare-quantity = Pieces
compare-items-sold = Different items sold
report-filters = Only: { $filters }.
