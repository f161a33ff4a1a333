-- How an order was paid, and whether it came through an affiliate; null where its statement does not say. Statements of
-- before do not say it, whatever their file said.

-- 1 card, 2 PayPay, 3 points, 4 convenience store, 5 bank transfer, 6 cash on delivery, 7 telephone bill, 8 after
-- receiving, 9 another known way
alter table orders add column payment integer;
alter table orders add column affiliate integer check (affiliate = 0 or affiliate = 1);
