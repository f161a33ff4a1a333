# Next actions: the words of the cards. Braces such as {"{name}"} are for the mall's merge fields or the shop's own words.

## Words for every action

action-past = { $bought } of { $n } comparable people in the past ({ $rate })
action-past-few = { $bought } of { $n } comparable people in the past
action-lift-prior = There are no results of your own yet, so the range rests on a cautious assumption: a message makes { $low }–{ $high }% more of them buy. Once you have tried it, trust your own result.
action-condition-consent = People who agreed to receive messages (the mall's tool picks them by itself)

job-owner = Shop manager
job-promotion = Promotion
job-shipping = Shipping

## A second purchase

action-f2-window-title = Give first-time buyers a reason to come back
action-f2-window-why = { COUNT($people, one: "customer has", other: "customers have") } bought once and are past the { COUNT($days, one: "day", other: "days") } by which half of those who return are back; within { COUNT($window, one: "day", other: "days") } from there it was { $past } who returned.
action-f2-window-subject = How is it going? Getting more out of your {"{product}"}
action-f2-window-body =
    Dear {"{name}"},

    Thank you for shopping at {"{shop}"} the other day.
    We hope your {"{product}"} serves you well.

    Here is how to enjoy it even more:
    {"{two or three lines on use or care}"}

    If anything is unclear, write to us through the shop's contact form at any time.
    If you are looking for something else, people who are new here often choose {"{recommended product}"}.

    {"{manager}"}, {"{shop}"}
action-f2-window-line = Thank you for your order, {"{name}"}. Here is how to enjoy your {"{product}"} even more: {"{page inside the mall}"}
action-f2-window-insert =
    Thank you for your first order.
    To make your {"{product}"} last, please start with this:
    {"{two or three lines on use or care}"}
    We look forward to seeing you again. {"{shop}"}
action-f2-window-caution = Those who bought a present, or something that lasts, may simply not need more yet. The mall's own conditions may also catch people of another card.
action-f2-window-condition-1 = Number of purchases: 1
action-f2-window-condition-2 = Last purchase: { $nearest }–{ COUNT($farthest, one: "day", other: "days") } ago ({ $from } to { $to })

## Used up soon

action-replenishment-title = Tell them that “{ $item }” is about to run out
action-replenishment-why = Those who buy “{ $item }” again do so after about { COUNT($days, one: "day", other: "days") } (seen { COUNT($count, one: "time", other: "times") }), and for { COUNT($people, one: "customer", other: "customers") } that time comes within the next { COUNT($window, one: "day", other: "days") }.
action-replenishment-subject = Is your “{ $item }” running low?
action-replenishment-body =
    Dear {"{name}"},

    Thank you for using “{ $item }”.
    We thought it might be running low about now.

    To use it up well:
    {"{one or two lines on keeping or using it up}"}

    If you still have plenty, please ignore this message.
    You find it on the usual page:
    {"{product page inside the mall}"}

    {"{manager}"}, {"{shop}"}
action-replenishment-line = Is your “{ $item }” running low? Here it is: {"{product page inside the mall}"}
action-replenishment-insert =
    Thank you for choosing “{ $item }”.
    It usually lasts about { COUNT($days, one: "day", other: "days") }.
    {"{one or two lines on keeping or using it up}"}
    {"{shop}"}
action-replenishment-caution = Too early for those who bought elsewhere or still have some in store. Check first that you have enough in stock.
action-replenishment-condition-1 = Product bought: { $item } (product code { $code })
action-replenishment-condition-2 = Last bought that product: { $nearest }–{ COUNT($farthest, one: "day", other: "days") } ago ({ $from } to { $to })

## Best customers who stay away

action-best-cooling-title = Thank your best customers who have not been back
action-best-cooling-why = For { $people } of your { $count } best customers by number and amount more than { COUNT($days, one: "day", other: "days") } have passed since the last purchase; within { COUNT($window, one: "day", other: "days") } from there it was { $past } who returned.
action-best-cooling-subject = Thank you, and some news from {"{shop}"}
action-best-cooling-body =
    Dear {"{name}"},

    Thank you for choosing {"{shop}"} so many times.
    We have not seen you for a while and wanted to say thank you, and tell you our news.

    {"{two or three lines on makers, sourcing or something new}"}

    How are the things you bought? Ask us anything about care or when to replace them.
    As a customer of long standing you will hear first about what comes in next.

    {"{manager}"}, {"{shop}"}
action-best-cooling-line = Thank you as always, {"{name}"}. Our news, and an early look at what comes in next: {"{page inside the mall}"}
action-best-cooling-insert =
    Thank you as always.
    A word from the manager to {"{name}"}:
    {"{a line by hand}"}
    {"{manager}"}, {"{shop}"}
action-best-cooling-caution = Some have moved or changed their taste and will not return whatever is sent. Starting with a discount may teach people to wait for the next one.
action-best-cooling-condition-1 = Number of purchases: { $fewest } or more
action-best-cooling-condition-2 = Last purchase: at least { COUNT($nearest, one: "day", other: "days") } ago ({ $to } or earlier)

## Event days only

action-event-only-title = Show event-day buyers what ordinary days offer
action-event-only-why = { $people } of { COUNT($count, one: "customer", other: "customers") } with two or more purchases bought on the mall's event days every time we can tell; within { COUNT($window, one: "day", other: "days") } it was { $past } who bought without event or coupon.
action-event-only-subject = No need to wait for an event: an ordinary day at {"{shop}"}
action-event-only-body =
    Dear {"{name}"},

    Thank you for shopping at {"{shop}"}.
    Today we write about something worth having without an event.

    {"{two or three lines on what only this season offers}"}

    On ordinary days we have more time for shipping, and for wrapping things the way you like.
    {"{product page inside the mall}"}

    {"{manager}"}, {"{shop}"}
action-event-only-line = {"{seasonal product}"} has come in. No need to wait for an event: {"{product page inside the mall}"}
action-event-only-insert =
    Thank you for your order.
    On ordinary days, too, there is {"{something seasonal or freshly made}"}.
    {"{shop}"}
action-event-only-caution = For some it is a coincidence. Events without fixed days, such as the marathons, are not all known. The mall's own conditions cannot say “event days only”, so the message reaches a few more people.
action-event-only-condition-1 = Number of purchases: { $fewest } or more
action-event-only-condition-2 = Last purchase: { $nearest }–{ COUNT($farthest, one: "day", other: "days") } ago ({ $from } to { $to })

## A new product

action-new-item-title = Show “{ $item }” to your keenest customers first
action-new-item-why = { COUNT($people, one: "customer", other: "customers") } with three or more purchases of three or more products never bought “{ $item }” (on sale for { COUNT($days, one: "day", other: "days") }, { COUNT($count, one: "buyer", other: "buyers") }); within { COUNT($window, one: "day", other: "days") } it was { $past } who bought what was new.
action-new-item-subject = For you first, {"{name}"}: “{ $item }”
action-new-item-body =
    Dear {"{name}"},

    Thank you for trying so many of our products.
    “{ $item }” is new, and we would like to show it to you first.

    Why we made it:
    {"{two or three lines by the maker, or why we chose it}"}

    What it goes with:
    {"{one or two examples}"}

    {"{product page inside the mall}"}

    {"{manager}"}, {"{shop}"}
action-new-item-line = The new “{ $item }”, for our regulars first: {"{product page inside the mall}"}
action-new-item-insert =
    Thank you as always.
    “{ $item }” is new.
    {"{two or three lines on why we made it or how to use it}"}
    {"{shop}"}
action-new-item-caution = Not everybody will like it. Do not announce a new colour or size as a new product.
action-new-item-condition-1 = Number of purchases: { $fewest } or more
action-new-item-condition-2 = Last purchase: { $nearest }–{ COUNT($farthest, one: "day", other: "days") } ago ({ $from } to { $to })
action-new-item-condition-3 = Leave out: buyers of { $item } (product code { $code })

## The malls' tools and tariffs

channel-r-mail-name = R-Mail
channel-r-mail-tariff = 1 yen per mail (one free mailing a week under conditions)
channel-r-sns-name = LINE through R-SNS
channel-r-sns-tariff = 3,000 yen plus tax a month (LINE and Instagram both go through R-SNS)
channel-insert-name = Parcel insert
channel-insert-tariff = Printing only (goes into parcels you send from now on)
channel-thank-you-coupon-name = RaCoupon (thank-you coupon)
channel-thank-you-coupon-tariff = The discount is the shop's; beyond 50 uses a month 50 yen plus tax each (if at all, last, and with a limit)
channel-segment-coupon-name = RaCoupon (for chosen people)
channel-segment-coupon-tariff = The discount is the shop's; beyond 50 uses a month 50 yen plus tax each (if at all, last, and with a limit)
channel-store-newsletter-name = Store newsletter
channel-store-newsletter-tariff = Free (reaches people who agreed to receive it)
channel-yahoo-line-name = LINE account of Yahoo! Shopping
channel-yahoo-line-tariff = LINE's own tariff (only the account linked in Store Creator Pro)
channel-stores-r-name = STORE's R∞
channel-stores-r-tariff = Free while the PR option is 1% or more on all products; coupon discounts are the shop's (if at all, last, and with a limit)
channel-own-list-name = The shop's own messages
channel-own-list-tariff = By the shop's own contract (only to people who agreed to receive them)

## Rules kept to

rule-rakuten = Rakuten: messages go out through R-Mail, RaCoupon and R-SNS. No pointing to places outside Rakuten, no advertising to mail addresses from orders, no rewards for reviews. Inserts show the Rakuten shop's address only.
rule-yahoo = Yahoo! Shopping: messages go out through the store newsletter, STORE's R∞ and the linked LINE account. No pointing to places outside the mall, no advertising to mail addresses from orders, no rewards for reviews.
rule-own = The shop's own list: only to people who agreed to receive messages.
rule-checked = Based on public pages as of { $on }. Rules change, so look at the current guideline in RMS or Store Creator Pro before sending. This is no legal advice.
rule-checked-stale = To be checked: last looked at on { $on }. Look at the current guideline before sending. This is no legal advice.
